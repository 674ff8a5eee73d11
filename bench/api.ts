/** Lists over the API with many clients, what a page of them weighs, and whether answering them reaches the brokers. */

import { BENCH_CLUSTER } from "@/scripts/lib/bench-size.mjs";
import { ownMetrics, sweepsOf } from "./lib/own-metrics";
import { type Polled, poll } from "./lib/poll";
import { added, requestsServed, total } from "./lib/requests-served";
import { quick, report, setting } from "./lib/row";
import { benchSandbox } from "./lib/sandbox";
import { quantile } from "./lib/statistics";
import { untilComplete } from "./lib/until-complete";

const CLIENTS = 20;
const SECONDS = quick() ? 5 : 20;
const BURST_SECONDS = 2;
const BURSTS = 20;
const TENANTS = ["sort=attention&spark=24h", "sort=lag&order=desc", "view=attention", "q=tenant&sort=name"].map(
  (query) => `/api/tenants?limit=100&${query}`,
);
const GROUPS = ["", "&sort=records&order=desc", "&q=orders", "&owner=t-00007"].map(
  (query) => `/api/clusters/${BENCH_CLUSTER}/groups?limit=100${query}`,
);

const url = setting("BENCH_URL");
const tenants = Number(setting("BENCH_TENANTS"));
const at = `${tenants} tenants, ${setting("BENCH_STORE")}, ${CLIENTS} clients`;
const host = benchSandbox().cluster.nodes[0]?.host ?? "";

/** Requests that brokers got during a burst of answers with no sweep in it; null when every burst met one. */
async function extraRequests(): Promise<{ requests: number; answers: number } | null> {
  let least: { requests: number; answers: number } | null = null;
  for (let burst = 0; burst < BURSTS && least?.requests !== 0; burst += 1) {
    const [sweeps, before] = [sweepsOf(await ownMetrics(url)), await requestsServed(host)];
    const { times } = await poll(url, [...TENANTS, ...GROUPS], CLIENTS, BURST_SECONDS);
    const requests = total(added(before, await requestsServed(host)));
    if (sweepsOf(await ownMetrics(url)) !== sweeps) continue;
    if (least === null || requests < least.requests) least = { requests, answers: times.length };
  }
  return least;
}

function reportList(
  what: string,
  { times, seconds, sentBytes, plainBytes }: Polled,
  extra: Awaited<ReturnType<typeof extraRequests>>,
): void {
  const p95 = quantile(times, 0.95);
  const rate = times.length / seconds;
  const extraText = extra === null ? "no burst without a sweep" : `${extra.requests} Kafka requests for ${extra.answers} answers`;
  report({
    what,
    at,
    figure: `p95 ${p95.toFixed(0)} ms, ${rate.toFixed(0)} answers/s, ${(plainBytes / 1000).toFixed(0)} KB a page (${(sentBytes / 1000).toFixed(0)} sent)`,
    reference: extraText,
    reach: "p95 ≤ 60 ms, ≥ 300 answers/s, 0 Kafka requests, ≤ 60 KB",
    met: p95 <= 60 && rate >= 300 && plainBytes <= 60_000 && extra?.requests === 0,
  });
}

await untilComplete(url, tenants);
await poll(url, [...TENANTS, ...GROUPS], CLIENTS, 2);
const tenantLists = await poll(url, TENANTS, CLIENTS, SECONDS);
const groupLists = await poll(url, GROUPS, CLIENTS, SECONDS);
const extra = await extraRequests();
reportList("tenants list, API", tenantLists, extra);
reportList("groups list, API", groupLists, extra);
