/** Memory and the event loop of the console while it sweeps and people have its pages open. */
import { setTimeout as delay } from "node:timers/promises";
import { BENCH_CLUSTER, tenantId } from "@/scripts/lib/bench-size.mjs";
import { ownMetrics, sweepsOf } from "./lib/own-metrics";
import { poll } from "./lib/poll";
import { report, setting } from "./lib/row";
import { median, quantile } from "./lib/statistics";
import { untilComplete } from "./lib/until-complete";

const LAST = 10;
const SAMPLE_MS = 1_000;
/** Within this part of what is used, memory counts as not growing: the garbage collector's own tide. */
const TIDE = 0.02;

const CLIENTS = 20;
/** An open page asks every 15 s: these ask as often as three hundred of them. */
const PAUSE_MS = 1_000;
const WARM_UP_SECONDS = 60;
const PAGES = [
  "/api/overview",
  "/api/tenants?limit=100&sort=attention&spark=24h",
  "/api/tenants?limit=100&sort=lag&order=desc",
  "/api/tenants?limit=100&q=tenant&sort=name",
  `/api/tenants/${tenantId(7)}`,
  `/api/clusters/${BENCH_CLUSTER}/topics?limit=100`,
  `/api/clusters/${BENCH_CLUSTER}/groups?limit=100`,
  "/api/status",
];

const url = setting("BENCH_URL");
const tenants = Number(setting("BENCH_TENANTS"));
const memoryMax = Number(setting("BENCH_MEMORY_MAX"));
const minutes = Number(setting("BENCH_MINUTES"));

await untilComplete(url, tenants);
// What the import of all tenants left behind is cleared away before it counts: what is measured is a console that runs.
await poll(url, PAGES, CLIENTS, WARM_UP_SECONDS, PAUSE_MS);
await ownMetrics(url);
// The delay is measured from one asking to the next: what the imports and lists before cost is asked away.
let sweeps = sweepsOf(await ownMetrics(url), "offsets");
const polling = poll(url, PAGES, CLIENTS, minutes * 60, PAUSE_MS);
const perSweep: number[] = [];
const since: number[] = [];
let peak = 0;
const worst = { max: 0, own_max: 0 };
const deadline = performance.now() + minutes * 60_000;
while (performance.now() < deadline) {
  await delay(SAMPLE_MS);
  const metrics = await ownMetrics(url);
  const rss = (metrics.get("tenant_console_process_resident_memory_bytes") ?? Number.NaN) / 1e6;
  peak = Math.max(peak, rss);
  for (const statistic of ["max", "own_max"] as const) {
    const seconds = metrics.get(`tenant_console_event_loop_delay_seconds{statistic="${statistic}"}`) ?? Number.NaN;
    worst[statistic] = Math.max(worst[statistic], seconds * 1000);
  }
  since.push(rss);
  const now = sweepsOf(metrics, "offsets");
  if (now > sweeps) perSweep.push(median(since.splice(0)));
  sweeps = now;
}
const { times } = await polling;

const last = perSweep.slice(-LAST);
const half = Math.floor(last.length / 2);
const growth = median(last.slice(half)) - median(last.slice(0, half));
const enough = last.length === LAST;
const grown = `${growth >= 0 ? "+" : "−"}${Math.abs(growth).toFixed(0)} MB over the last ${last.length} sweeps`;
report({
  what: "memory and event loop while sweeping",
  at: `${tenants} tenants, ${setting("BENCH_STORE")}, ${minutes} min, ${perSweep.length} sweeps, ${CLIENTS} clients polling`,
  figure: `at most ${peak.toFixed(0)} MB, worst delay ${worst.own_max.toFixed(0)} ms of its own, ${worst.max.toFixed(0)} ms with what others took of the processors`,
  reference: `${grown}${enough ? "" : " (too few to tell)"}; ${times.length} answers, p95 ${quantile(times, 0.95).toFixed(0)} ms`,
  reach: `≤ ${memoryMax} MB, not growing over ten sweeps, ≤ 100 ms of its own`,
  met: enough && peak <= memoryMax && growth <= peak * TIDE && worst.own_max <= 100,
});
