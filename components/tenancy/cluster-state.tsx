import { State, type Tone } from "@/components/ui/state";
import type { ClusterSummary } from "@/lib/domain/views/clusters";

const WORDS: Record<ClusterSummary["state"], { tone: Tone; word: string }> = {
  healthy: { tone: "ok", word: "Healthy" },
  degraded: { tone: "warn", word: "Degraded" },
  unreachable: { tone: "danger", word: "Unreachable" },
  starting: { tone: "info", word: "Starting" },
};

/** A cluster's state as icon and word; its sentence on hover. */
export function ClusterState({ state, sentence }: Pick<ClusterSummary, "state" | "sentence">) {
  const { tone, word } = WORDS[state];
  return (
    <State tone={tone} title={sentence}>
      {word}
    </State>
  );
}

/** How the cluster is as a sentence, in the tone of its state; a healthy one needs no colour. */
export function clusterTone(state: ClusterSummary["state"]): Tone | null {
  return state === "healthy" ? null : WORDS[state].tone;
}
