import type { Tone } from "@/components/ui/state";
import { CONSEQUENCE_CLASSES, type Consequence, type ConsequenceClass } from "@/lib/domain/change/plan";

const TONES: Record<ConsequenceClass, Tone> = {
  loss: "danger",
  breach: "danger",
  breaks: "danger",
  throttles: "warn",
  permanent: "warn",
  room: "warn",
  unseen: "info",
  note: "info",
  fine: "ok",
};

const WORDS: Record<ConsequenceClass, string> = {
  loss: "loss",
  breach: "breach",
  breaks: "breaks clients",
  throttles: "throttles",
  permanent: "permanent",
  room: "room",
  unseen: "not seen",
  note: "to know",
  fine: "fine",
};

export function toneOf(consequence: Pick<Consequence, "class">): Tone {
  return TONES[consequence.class];
}

/** "1 loss", "2 fine": how many there are of each class, worst first. */
export function classCounts(consequences: readonly Consequence[]): { class: ConsequenceClass; tone: Tone; words: string }[] {
  return CONSEQUENCE_CLASSES.flatMap((each) => {
    const count = consequences.filter((one) => one.class === each).length;
    return count === 0 ? [] : [{ class: each, tone: TONES[each], words: `${count} ${WORDS[each]}` }];
  });
}
