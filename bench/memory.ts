/** Memory and the event loop of the console while it sweeps and nobody asks. */
import { setTimeout as delay } from "node:timers/promises";
import { ownMetrics, sweepsOf } from "./lib/own-metrics";
import { report, setting } from "./lib/row";
import { median } from "./lib/statistics";
import { untilComplete } from "./lib/until-complete";

const LAST = 10;
const SAMPLE_MS = 1_000;
/** Within this part of what is used, memory counts as not growing: the garbage collector's own tide. */
const TIDE = 0.02;

const url = setting("BENCH_URL");
const tenants = Number(setting("BENCH_TENANTS"));
const memoryMax = Number(setting("BENCH_MEMORY_MAX"));
const minutes = Number(setting("BENCH_MINUTES"));

await untilComplete(url, tenants);
// The delay is measured from one asking to the next: what the imports and lists before cost is asked away.
let sweeps = sweepsOf(await ownMetrics(url), "offsets");
const perSweep: number[] = [];
const since: number[] = [];
let peak = 0;
let worstDelay = 0;
const deadline = performance.now() + minutes * 60_000;
while (performance.now() < deadline) {
  await delay(SAMPLE_MS);
  const metrics = await ownMetrics(url);
  const rss = (metrics.get("tenant_console_process_resident_memory_bytes") ?? Number.NaN) / 1e6;
  peak = Math.max(peak, rss);
  worstDelay = Math.max(worstDelay, (metrics.get('tenant_console_event_loop_delay_seconds{statistic="max"}') ?? Number.NaN) * 1000);
  since.push(rss);
  const now = sweepsOf(metrics, "offsets");
  if (now > sweeps) perSweep.push(median(since.splice(0)));
  sweeps = now;
}

const last = perSweep.slice(-LAST);
const half = Math.floor(last.length / 2);
const growth = median(last.slice(half)) - median(last.slice(0, half));
const enough = last.length === LAST;
report({
  what: "memory and event loop while sweeping",
  at: `${tenants} tenants, ${setting("BENCH_STORE")}, ${minutes} min, ${perSweep.length} sweeps`,
  figure: `at most ${peak.toFixed(0)} MB, worst delay ${worstDelay.toFixed(0)} ms`,
  reference: `${growth >= 0 ? "+" : "−"}${Math.abs(growth).toFixed(0)} MB over the last ${last.length} sweeps${enough ? "" : " (too few to tell)"}`,
  reach: `≤ ${memoryMax} MB, not growing over ten sweeps, ≤ 100 ms`,
  met: enough && peak <= memoryMax && growth <= peak * TIDE && worstDelay <= 100,
});
