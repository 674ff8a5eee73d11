/** What a look at who is noisy costs with ten thousand tenants and a day of levels, and what judging one reading of them costs. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { runSlices } from "@/lib/collector/run-slices";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { EMPTY_NOISE_MEMORY, judgeCluster } from "@/lib/domain/noise/judge-cluster";
import { AT, AT_MS, client, cluster, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import { getNoisy } from "@/lib/operations/noisy/get-noisy";
import { contextOf } from "@/lib/operations/testing/context";
import { acquireLease, type NoiseEntry, openStore, writeNoise } from "@/lib/store";
import { report } from "./lib/row";
import { quantile } from "./lib/statistics";

const TENANTS = 10_000;
const KEPT = 200;
const SPANS = 288;
const LOOKS = 40;
const MINUTE = 60_000;

const tenants = Array.from({ length: TENANTS }, (_, at) => tenant(`t${String(at).padStart(5, "0")}`));
const clients = Object.fromEntries([1, 2, 3].map((broker) => [broker, tenants.map(({ id }, at) => client(id, 1_000 + (at % 97)))]));
const made = cluster({ topics: tenants.map(({ id }) => `${id}.events`), clients });
const meters = new Map(
  [...made.meters].map(([id, one]) => [id, { ...one, broker: { requestHandlerIdle: 0.2, bytesInPerSecond: 2e7, bytesOutPerSecond: 2e7 } }]),
);
const snapshot = { ...made, meters };
const { fleet } = assembleFleet({ registry: registry(tenants), clusters: [snapshot], memory: EMPTY_MEMORY, at: AT });

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const before = process.cpuUsage();
const { noise } = await runSlices(judgeCluster(fleet, snapshot, EMPTY_NOISE_MEMORY, AT_MS));
const { user, system } = process.cpuUsage(before);
delay.disable();
const judgedMs = (user + system) / 1000;
const longestMs = delay.max / 1e6;

const store = await openStore({ memory: true });
const lease = await acquireLease(store, "cluster/c1", "bench", 3_600_000);
if (lease === null) throw new Error("The lease was not given.");
for (let span = 0; span < SPANS; span += 1) {
  const entries = tenants.slice(0, KEPT).map(({ id }, at): NoiseEntry => [id, at % 2, 1, ((at + span) % 40) / 10, 0.1, 3]);
  await writeNoise(store, { clusterId: "c1", atMs: AT_MS - span * 5 * MINUTE, entries }, lease);
}
const context = contextOf([{ ...fleet, noise: new Map([["c1", noise]]) }], { store, now: () => new Date(AT_MS) });
const times: number[] = [];
for (let look = 0; look < LOOKS; look += 1) {
  const from = performance.now();
  await getNoisy.run(context, { range: "24h", rows: 200 });
  times.push(performance.now() - from);
}
await store.close();

const [first = Number.NaN] = times;
report({
  what: "/noisy, first look",
  at: `${TENANTS} tenants, 24 h, PGlite in memory`,
  figure: `${first.toFixed(0)} ms`,
  reference: "",
  reach: "",
  met: true,
});
const p95 = quantile(times, 0.95);
report({
  what: "/noisy, p95",
  at: `${TENANTS} tenants, 24 h, ${KEPT} × ${SPANS} cells`,
  figure: `${p95.toFixed(0)} ms`,
  reference: "",
  reach: "≤ 150 ms",
  met: p95 <= 150,
});
report({
  what: "judging a reading, event loop delay",
  at: `${TENANTS} tenants, ${noise.levels.length} levels, ${judgedMs.toFixed(0)} ms of one core`,
  figure: `${longestMs.toFixed(0)} ms`,
  reference: "",
  reach: "≤ 100 ms",
  met: longestMs <= 100,
});
