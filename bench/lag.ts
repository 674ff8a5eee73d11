/** One sweep of all groups' lag against Kafka's own tool, and what a sweep asks of the broker. */
import { CONSOLE_USER } from "@/sandbox/kafka/cluster";
import { waitFor } from "@/sandbox/kafka/readiness";
import { tool } from "@/sandbox/kafka/tool";
import { GROUPS, PARTITIONS, TOPICS } from "@/scripts/lib/bench-size.mjs";
import { added, requestsServed, total } from "./lib/requests-served";
import { quick, report } from "./lib/row";
import { benchSandbox, consoleAdmin } from "./lib/sandbox";
import { median, quantile } from "./lib/statistics";

const WARM_UP = 5;
const SWEEPS = quick() ? 10 : 30;
const THEIR_RUNS = quick() ? 2 : 3;
const AT = `1 broker, ${TOPICS} topics × ${PARTITIONS}, ${GROUPS} groups`;

const { sandbox, cluster } = benchSandbox();
const host = cluster.nodes[0]?.host ?? "";
const admin = consoleAdmin(sandbox, cluster);

/** A broker that was started with thousands of logs answers for a part of them at first. */
const LOADED_MS = 180_000;

/** Sweeps once; `missing` says what of it was not answered. */
async function sweepOnce() {
  const began = performance.now();
  const { value, problems } = await admin.sweepLag();
  const seconds = (performance.now() - began) / 1000;
  const groups = value?.groups?.filter(({ committed }) => committed !== null && committed.length > 0).length ?? 0;
  const partitions = [...(value?.ends.values() ?? [])].flat().length;
  const isWhole = problems.length === 0 && groups >= GROUPS && partitions >= TOPICS * PARTITIONS;
  const missing = isWhole ? null : `${groups} groups, ${partitions} partitions, ${JSON.stringify(problems.slice(0, 3))}`;
  return { seconds, groups: value?.groups?.length ?? 0, partitions, missing };
}

/** Sweeps once and makes sure that all of it was answered. */
async function sweep() {
  const swept = await sweepOnce();
  if (swept.missing !== null) throw new Error(`an incomplete sweep: ${swept.missing}`);
  return swept;
}

/** Seconds of Kafka's own tool for the same, signed in the same way. */
async function theirs(): Promise<number> {
  const began = performance.now();
  const out = await tool(sandbox, cluster, "groups", ["--describe", "--all-groups"], { user: CONSOLE_USER, timeoutMs: 600_000 });
  const seconds = (performance.now() - began) / 1000;
  const lines = out.split("\n").filter((line) => /^t-\d+\./.test(line)).length;
  if (lines < GROUPS * PARTITIONS) throw new Error(`Kafka's tool printed ${lines} partitions of ${GROUPS * PARTITIONS}`);
  return seconds;
}

let missing: string | null = null;
const isLoaded = async (): Promise<boolean> => {
  ({ missing } = await sweepOnce());
  return missing === null;
};
await waitFor(isLoaded, LOADED_MS, () => `the broker does not answer for all that is on it: ${missing}`);
for (let turn = 0; turn < WARM_UP; turn += 1) await sweep();
const before = await requestsServed(host);
const sweeps = [];
for (let turn = 0; turn < SWEEPS; turn += 1) sweeps.push(await sweep());
const spent = added(before, await requestsServed(host));
admin.close();

const { groups, partitions } = sweeps.at(-1) ?? { groups: 0, partitions: 0 };
const budget = 2 + Math.ceil(groups / 500) + Math.ceil(partitions / 5000);
const perSweep = total(spent) / SWEEPS;
const configReads = spent.get("DescribeConfigs") ?? 0;
report({
  what: "Kafka requests per sweep and broker",
  at: AT,
  figure: `${perSweep.toFixed(1)} (${[...spent].map(([name, count]) => `${name} ${count / SWEEPS}`).join(", ")})`,
  reference: `of ${budget} allowed`,
  reach: "≤ 2 + ⌈groups/500⌉ + ⌈partitions/5000⌉, no config read; gate",
  met: perSweep <= budget && configReads === 0,
  gate: true,
});

const ours = median(sweeps.map(({ seconds }) => seconds));
const best = quantile(
  sweeps.map(({ seconds }) => seconds),
  0,
);
// The fastest of theirs against the middle of ours: the ratio is a lower bound.
const kafkas = [];
for (let turn = 0; turn < THEIR_RUNS; turn += 1) kafkas.push(await theirs());
const kafka = Math.min(...kafkas);
report({
  what: "lag of all groups, one sweep incl. metadata",
  at: AT,
  figure: `median ${ours.toFixed(3)} s, best ${best.toFixed(3)} s of ${SWEEPS}`,
  reference: `ConsumerGroupCommand ${kafka.toFixed(2)} s (best of ${THEIR_RUNS}): ${(kafka / ours).toFixed(0)} times`,
  reach: "≤ 0.25 s, ≥ 35 times",
  met: ours <= 0.25 && kafka / ours >= 35,
});
