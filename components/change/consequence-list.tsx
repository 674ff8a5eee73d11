"use client";

import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { ToneIcon } from "@/components/ui/state";
import { useCarry } from "@/lib/client/address";
import type { Consequence } from "@/lib/domain/change/plan";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { classCounts, toneOf } from "./consequence-words";

/** How many consequences there are of each class. */
export function ClassChips({ consequences }: { consequences: readonly Consequence[] }) {
  return classCounts(consequences).map(({ class: key, tone, words }) => (
    <span key={key} className={`chip tone-${tone}`}>
      <ToneIcon tone={tone} />
      {words}
    </span>
  ));
}

interface ConsequenceListProps {
  consequences: readonly Consequence[];
  /** Takes a request that avoids a consequence into the form. Absent: nothing can be given any more. */
  onInstead?: ((request: ChangeRequest) => void) | undefined;
}

/** What follows from a change, worst first: what happens with its numbers, more of it, where to look, and what avoids it. */
export function ConsequenceList({ consequences, onInstead }: ConsequenceListProps) {
  return (
    <ul className="consequences">
      {consequences.map((consequence) => {
        const tone = toneOf(consequence);
        return (
          <li key={`${consequence.class} ${consequence.sentence}`}>
            <span className={`tone-${tone}`}>
              <ToneIcon tone={tone} />
            </span>
            <div>
              <bdi className={classNames(tone === "danger" && "worst")}>{consequence.sentence}</bdi>
              {consequence.detail === null ? null : <bdi className="sub">{consequence.detail}</bdi>}
              <Ways consequence={consequence} onInstead={onInstead} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Ways({ consequence: { links, instead }, onInstead }: { consequence: Consequence } & Pick<ConsequenceListProps, "onInstead">) {
  const carry = useCarry();
  if (links.length === 0 && (instead === null || onInstead === undefined)) return null;
  return (
    <span className="ways">
      {links.map(({ label, href }) => (
        <Link key={`${href} ${label}`} href={carry(href)} prefetch={false} className="link">
          <bdi>{label}</bdi>
        </Link>
      ))}
      {instead === null || onInstead === undefined ? null : (
        <button type="button" className="link" onClick={() => onInstead(instead.request)}>
          <bdi>{instead.label}</bdi>
        </button>
      )}
    </span>
  );
}
