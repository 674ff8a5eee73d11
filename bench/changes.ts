/** Plans for one tenant and for a tier, and a rollout to a thousand tenants, with the lists as fast meanwhile as at rest. */
import { setTimeout as delay } from "node:timers/promises";
import { isFinished } from "@/lib/domain/change/operation";
import type { PlanView } from "@/lib/domain/change/plan";
import type { ChangeDetail } from "@/lib/domain/views/changes";
import { openAdmin } from "@/sandbox/kafka/admin";
import { BENCH_CLUSTER, PARTITIONS, TENANTS_WITH_TOPICS, tenantId } from "@/scripts/lib/bench-size.mjs";
import { poll } from "./lib/poll";
import { added, requestsServed, total } from "./lib/requests-served";
import { quick, report, setting } from "./lib/row";
import { benchSandbox } from "./lib/sandbox";
import { quantile } from "./lib/statistics";
import { untilComplete } from "./lib/until-complete";

const WIDE = "wide";
const WIDE_TOPICS = 50;
const TIER = "rolled";
const PLANS = quick() ? 10 : 40;
const ROLLED = Math.min(quick() ? 200 : 1_000, TENANTS_WITH_TOPICS);
const CLIENTS = 5;
const REST_SECONDS = quick() ? 3 : 10;
const LISTS = ["sort=attention", "sort=lag&order=desc", "q=tenant&sort=name"].map((query) => `/api/tenants?limit=100&${query}`);
const DAY_MS = 86_400_000;
/** A rate that no earlier run has left on the broker. */
const RATE = 1_500_000 + (Math.floor(Date.now() / 1_000) % 100_000) * 4;

const url = setting("BENCH_URL");
const store = setting("BENCH_STORE");
const { sandbox, cluster } = benchSandbox();
const host = cluster.nodes[0]?.host ?? "";

async function post<T>(path: string, body: object | string): Promise<T> {
  const isText = typeof body === "string";
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": isText ? "application/yaml" : "application/json" },
    body: isText ? body : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

const planOf = (request: object, factsId?: string) =>
  post<PlanView>("/api/changes/plan", factsId === undefined ? { request } : { request, factsId });

/** A tenant with many topics, and a thousand tenants on a tier of their own. */
async function arrange(): Promise<void> {
  const admin = await openAdmin(sandbox, cluster);
  const topics = Array.from({ length: WIDE_TOPICS }, (_, index) => ({ name: `${WIDE}.topic-${index}`, partitions: PARTITIONS }));
  await admin.createTopics(topics);
  await admin.createUsers([WIDE]);
  await admin.close();
  const tenant = (id: string, tier: string) => {
    const names = `topics: [{ prefix: ${id}. }], groups: [{ prefix: ${id}. }], principals: [{ kind: scram, name: ${id} }]`;
    return `  - { id: ${id}, name: Tenant ${id}, tier: ${tier}, placements: [{ cluster: ${BENCH_CLUSTER}, model: bridge, ${names} }] }`;
  };
  const rolled = Array.from({ length: ROLLED }, (_, index) => tenant(tenantId(index), TIER));
  const tier = `  - { id: ${TIER}, name: Rolled, model: bridge, produceBytesPerSecond: 1 MB/s, consumeBytesPerSecond: 2 MB/s }`;
  await post("/api/import", ["tiers:", tier, "tenants:", tenant(WIDE, TIER), ...rolled, ""].join("\n"));
  await untilOwned();
}

async function untilOwned(): Promise<void> {
  for (;;) {
    await fetch(`${url}/api/clusters/${BENCH_CLUSTER}/refresh`, { method: "POST" });
    const { page } = (await (await fetch(`${url}/api/tenants/${WIDE}/topics?limit=1`)).json()) as { page: { total: number } };
    if (page.total === WIDE_TOPICS) return;
    await delay(2_000);
  }
}

/** Each plan reads the live state anew, as a form does when it is opened. */
async function planOneTenant(): Promise<void> {
  const times: number[] = [];
  const before = await requestsServed(host);
  for (let turn = 0; turn < PLANS; turn += 1) {
    const began = performance.now();
    await planOf({ kind: "retention", scope: { tenantIds: [WIDE] }, retentionMs: (2 + turn) * DAY_MS });
    times.push(performance.now() - began);
  }
  const requests = total(added(before, await requestsServed(host)));
  const p95 = quantile(times, 0.95);
  report({
    what: "plan for one tenant",
    at: `${WIDE_TOPICS} topics, ${store}`,
    figure: `p95 ${p95.toFixed(0)} ms`,
    reference: `${(requests / PLANS).toFixed(1)} Kafka requests a plan, sweeps included`,
    reach: "p95 ≤ 150 ms",
    met: p95 <= 150,
  });
}

const tierRequest = (produceBytesPerSecond: number) => ({
  kind: "tier-definition",
  tier: { id: TIER, name: "Rolled", model: "bridge", produceBytesPerSecond, consumeBytesPerSecond: 2 * produceBytesPerSecond },
  rollOut: true,
});

async function planTier(): Promise<void> {
  const began = performance.now();
  const { factsId, counts } = await planOf(tierRequest(RATE));
  const opened = performance.now() - began;
  const again = performance.now();
  await planOf(tierRequest(RATE + 100_000), factsId);
  const typed = performance.now() - again;
  report({
    what: "plan for a tier",
    at: `${counts.tenants} tenants, ${counts.operations} operations, ${store}`,
    figure: `${(opened / 1000).toFixed(2)} s`,
    reference: `${(typed / 1000).toFixed(2)} s for another value on the same facts`,
    reach: "≤ 2 s",
    met: opened <= 2_000,
  });
}

async function rollOut(): Promise<void> {
  const rest = await poll(url, LISTS, CLIENTS, REST_SECONDS);
  const request = tierRequest(RATE);
  const { fingerprint, confirm, counts } = await planOf(request);
  const typed = confirm.typeName === null ? {} : { typed: confirm.typeName };
  const key = `bench-${process.pid}-${Date.now()}`;
  const before = await requestsServed(host);
  const began = performance.now();
  let isDone = false;
  const watching = (async () => {
    const times: number[] = [];
    while (!isDone) times.push(...(await poll(url, LISTS, CLIENTS, 1)).times);
    return times;
  })();
  let change = await post<ChangeDetail>("/api/changes", { request, fingerprint, reason: "bench", idempotencyKey: key, ...typed });
  while (!isFinished(change.state)) {
    await delay(200);
    change = (await (await fetch(`${url}/api/changes/${change.id}`)).json()) as ChangeDetail;
  }
  const seconds = (performance.now() - began) / 1000;
  isDone = true;
  const times = await watching;
  const requests = total(added(before, await requestsServed(host)));
  const [p95, restP95] = [quantile(times, 0.95), quantile(rest.times, 0.95)];
  const applied = change.operations.applied ?? 0;
  report({
    what: "rollout of a tier",
    at: `${counts.tenants} tenants, ${counts.operations} operations, ${store}`,
    figure: `${seconds.toFixed(0)} s, ${applied} applied, ${requests} Kafka requests, sweeps included`,
    reference: `tenants list meanwhile p95 ${p95.toFixed(0)} ms, ${(p95 / restP95).toFixed(1)} times that at rest`,
    reach: "about a minute, all applied, lists ≤ 3 times",
    met: seconds <= 75 && applied === counts.operations && p95 <= 3 * restP95,
  });
}

await untilComplete(url, Number(setting("BENCH_TENANTS")));
await arrange();
await planOneTenant();
await planTier();
await rollOut();
