import { formatCount, formatCountOf } from "./format";
import type { ClusterSummary } from "./views/clusters";
import type { Overview } from "./views/overview";

export interface SentenceInput {
  tenants: number;
  /** Tenants by what is wrong with them; a tenant may be under several. */
  throttledBelowPromise: number;
  losingRecords: number;
  stuck: number;
  pastLagObjective: number;
  throttledAtQuota: number;
  /** Tenants of which it cannot be said whether they are well. */
  unknown: number;
  clusters: readonly ClusterSummary[];
  leaderlessPartitions: number;
}

/** The fleet in one line: first the tenants, then what they stand on. What cannot be seen is never called well. */
export function overviewSentence(input: SentenceInput): Overview["sentence"] {
  return { severity: severityOf(input), text: [tenantSentence(input), ...clusterSentences(input)].join(" ") };
}

function severityOf(input: SentenceInput): Overview["sentence"]["severity"] {
  const { clusters, throttledBelowPromise, losingRecords, stuck, leaderlessPartitions, pastLagObjective, throttledAtQuota } = input;
  const unreachable = clusters.some(({ state }) => state === "unreachable");
  if (throttledBelowPromise + losingRecords + stuck + leaderlessPartitions + missingBrokers(clusters) > 0 || unreachable) return "danger";
  return pastLagObjective + throttledAtQuota > 0 || clusters.some(({ state }) => state === "degraded") ? "warn" : null;
}

function tenantSentence(input: SentenceInput): string {
  if (input.tenants === 0) return "No tenant is declared yet.";
  const troubles = [
    [input.throttledBelowPromise, "throttled below promise"],
    [input.losingRecords, "losing records"],
    [input.pastLagObjective, "past their lag objective"],
    [input.throttledAtQuota, "throttled at their quota"],
  ] as const;
  const words = troubles.flatMap(([count, what]) => (count === 0 ? [] : [{ count, what }]));
  const [first, ...more] = words;
  const hidden = input.unknown === 0 ? "" : `, and ${formatCount(input.unknown)} cannot be judged`;
  if (first === undefined) return `No tenant is seen throttled or past its lag objective${hidden}.`;
  const rest = more.map(({ count, what }) => `, ${formatCount(count)} ${what}`).join("");
  return `${formatCountOf(first.count, "tenant")} ${first.what}${rest}${hidden}.`;
}

function clusterSentences({ clusters, leaderlessPartitions }: SentenceInput): string[] {
  if (clusters.length === 0) return ["No cluster is connected yet."];
  const away = clusters.filter(({ state }) => state === "unreachable").map(({ name }) => name);
  const sentences = away.length === 0 ? [] : [`${listed(away)} cannot be reached.`];
  const told = clusters.filter(({ state, brokersAlive }) => state !== "unreachable" && brokersAlive !== null);
  if (told.length === 0) return away.length > 0 ? sentences : ["No cluster has been read yet."];
  const alive = told.reduce((sum, { brokersAlive }) => sum + (brokersAlive ?? 0), 0);
  const missing = missingBrokers(told);
  const seen = told.length === clusters.length ? "" : " that can be seen";
  const brokers =
    missing > 0
      ? `${formatCount(missing)} of ${formatCountOf(alive + missing, "broker")} ${missing === 1 ? "is" : "are"} missing`
      : alive === 1
        ? `The one broker${seen} is up`
        : `All ${formatCount(alive)} brokers${seen} are up`;
  const leaders =
    leaderlessPartitions > 0 ? `${formatCountOf(leaderlessPartitions, "partition")} without a leader` : "every partition has a leader";
  return [...sentences, `${brokers}; ${leaders}.`];
}

function missingBrokers(clusters: readonly ClusterSummary[]): number {
  return clusters.reduce(
    (sum, { brokersAlive, brokersKnown }) => sum + Math.max(0, (brokersKnown ?? 0) - (brokersAlive ?? brokersKnown ?? 0)),
    0,
  );
}

function listed(names: readonly string[]): string {
  const [first, second] = names;
  if (names.length <= 2) return [first, second].filter(Boolean).join(" and ");
  return `${first} and ${formatCount(names.length - 1)} more clusters`;
}
