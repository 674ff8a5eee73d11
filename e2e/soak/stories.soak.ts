import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { applyByApi } from "@/e2e/change";
import { bytesByHeader, leaderOf, NET } from "@/e2e/oracle";
import { whileStory } from "@/e2e/while-story";
import type { Overview } from "@/lib/domain/views/overview";
import type { TenantPool } from "@/lib/domain/views/pool";
import { CLUSTER, conditionOf, EXPORTER_MS, noisy, noisyNow, readAnew, seen, sentenceOf, tell, ticketOf } from "./seen";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CALM_MINUTES = Number(process.env.SOAK_CALM_MINUTES ?? 30);
/** Between a scrape and what the API shows of it lie its reading, the judgement and the next assembly: seconds on a busy machine. */
const SHOWN_MS = 15_000;
/** Readings asked for within ten seconds share one, which may have begun before the trouble. */
const ANEW = { intervals: [11_000], timeout: 4 * MINUTE_MS };

/** What a record costs in the log by what its key and value cost, at most: headers, lengths and its part of a batch are beside them. */
const LOG_OVERHEAD = 1.2;
/** Of a topic's end so much is read with Kafka's consumer. */
const READ_MS = 90_000;

test.describe.configure({ timeout: 20 * MINUTE_MS });

test("calm: nobody is noisy while one tenant is throttled and one stuck", async ({ request }) => {
  test.setTimeout((CALM_MINUTES + 15) * MINUTE_MS);
  await expect.poll(() => sentenceOf(request, "kestrel", "limit.throttled-below-promise"), { timeout: 5 * MINUTE_MS }).not.toBe("");
  await expect.poll(() => sentenceOf(request, "mosaic", "lag.stuck"), { timeout: 10 * MINUTE_MS }).not.toBe("");
  const fromMs = Date.now();
  let readings = 0;
  while (Date.now() < fromMs + CALM_MINUTES * MINUTE_MS) {
    const { episodes, unseen, ranking } = await noisy(request);
    expect(unseen).toEqual([]);
    expect(ranking.map(({ tenantId }) => tenantId)).toContain("kestrel");
    expect(episodes.filter(({ row }) => row.verdict === "noisy").map(({ sentence }) => sentence)).toEqual([]);
    readings += 1;
    await delay(EXPORTER_MS);
  }
  expect(readings).toBeGreaterThan(0);
  const range = new URLSearchParams({ cluster: CLUSTER, from: new Date(fromMs).toISOString(), to: new Date().toISOString() });
  const { others } = await seen<{ others: { rule: string; sentence: string }[] }>(request, `/api/noisy?${range}`);
  expect(others.filter(({ rule }) => rule === "noise.noisy").map(({ sentence }) => sentence)).toEqual([]);
  expect(await sentenceOf(request, "kestrel", "limit.throttled-below-promise")).not.toBe("");
});

test("noisy-neighbour: found within two exporter intervals, and over after the brake", async ({ request }) => {
  // A broker's times are held against its own usual ones, for which it has to be watched for some readings.
  await delay(3 * MINUTE_MS);
  expect(await noisyNow(request)).toEqual([]);
  const broker = await leaderOf(CLUSTER, "lumen.alarms", 1);
  await whileStory(NET, "noisy-neighbour", async (beganMs) => {
    await expect.poll(async () => (await noisyNow(request)).length, { intervals: [1_000], timeout: 5 * MINUTE_MS }).toBeGreaterThan(0);
    const foundAfterMs = Date.now() - beganMs;
    const [episode, ...more] = await noisyNow(request);
    tell(`found after ${(foundAfterMs / 1_000).toFixed(0)} s: ${episode?.sentence}`);
    expect(more.map(({ sentence }) => sentence)).toEqual([]);
    expect(episode?.row).toMatchObject({ tenantId: "lumen", brokerId: broker, resource: "in" });
    expect(episode?.sentence).toMatch(new RegExp(`^Lumen Sensors takes \\d+ % of what broker ${broker} of ${CLUSTER} receives, `));
    expect(episode?.sentence).toContain("The broker is under pressure: ");
    expect(episode?.sentence).toContain("Likely: A client that was not seen before began at that time: lumen-backfill.");
    expect(episode?.causes.map(({ kind }) => kind)).toContain("one-topic");
    expect(await sentenceOf(request, "lumen", "noise.noisy")).toBe(episode?.sentence);
    expect(foundAfterMs).toBeLessThanOrEqual(2 * EXPORTER_MS + SHOWN_MS);

    await applyByApi(request, { kind: "brake", tenantId: "lumen", produceBytesPerSecond: 5_000, minutes: 10 }, "Soak: noisy");
    await expect.poll(async () => (await noisyNow(request)).length, { intervals: [1_000], timeout: 4 * MINUTE_MS }).toBe(0);
    tell(`over ${((Date.now() - beganMs - foundAfterMs) / 1_000).toFixed(0)} s after it was found`);
    expect(await conditionOf(request, "lumen", "noise.noisy")).toBeUndefined();
  });
  await applyByApi(request, { kind: "brake-release", tenantId: "lumen" }, "Soak: over");
});

test("hot-key: held back below the promise, by a split that does not fit", async ({ request }) => {
  const rule = "limit.throttled-below-promise";
  expect(await sentenceOf(request, "tern", rule)).toBe("");
  await whileStory(NET, "hot-key", async () => {
    await expect.poll(() => sentenceOf(request, "tern", rule), { timeout: 5 * MINUTE_MS }).not.toBe("");
    tell(await sentenceOf(request, "tern", rule));
    expect(await ticketOf(request, "tern", "throttling")).toMatch(/^yes: .*although it is inside its promise/);
    expect(await noisyNow(request)).toEqual([]);
  });
  await expect.poll(() => sentenceOf(request, "tern", rule), { timeout: 5 * MINUTE_MS }).toBe("");
});

test("stuck-consumer: a group with members that does not commit", async ({ request }) => {
  await whileStory(NET, "stuck-consumer", async () => {
    await expect.poll(() => sentenceOf(request, "ternary", "lag.stuck"), { timeout: 10 * MINUTE_MS }).toContain("ternary.invoices");
    tell(await sentenceOf(request, "ternary", "lag.stuck"));
    expect(await ticketOf(request, "ternary", "stuck")).toMatch(
      /^yes: (Now: )?ternary\.invoices has not committed since .* while records wait/,
    );
  });
  await expect.poll(() => sentenceOf(request, "ternary", "lag.stuck"), { timeout: 3 * MINUTE_MS }).toBe("");
});

test("broker-down: the fleet and its tenants' tickets name the broker", async ({ request }) => {
  const said = async () => (await seen<Overview>(request, "/api/overview")).sentence.text;
  const calm = await said();
  await whileStory(NET, "broker-down", async () => {
    const evidence = () => ticketOf(request, "acme", "broker");
    await expect.poll(evidence, { timeout: 4 * MINUTE_MS }).toMatch(/^yes: .*Broker 3 \(\S+\) is not in the cluster/);
    tell(await evidence());
    expect(await said()).not.toBe(calm);
  });
  await expect.poll(() => ticketOf(request, "acme", "broker"), { timeout: 6 * MINUTE_MS }).not.toContain("is not in the cluster");
});

test("denied-access: who is refused, where, and by what", async ({ request }) => {
  const answer = async () => {
    await readAnew(request);
    return ticketOf(request, "juniper", "access");
  };
  await expect.poll(answer, ANEW).toMatch(/^unseen: /);
  await whileStory(NET, "denied-access", async () => {
    await expect.poll(answer, ANEW).toMatch(/^yes: (Now: )?No rule lets juniper read .*, which juniper\.cold-chain reads/);
    tell(await answer());
  });
  // Once a minute of it was written down, the ticket goes on telling of it.
  await expect.poll(answer, ANEW).toMatch(/^unseen: |Now: Brokers do not count refused requests/);
});

test("quota-changed-elsewhere: what is live, and what is declared", async ({ request }) => {
  const said = async () => {
    await readAnew(request);
    return sentenceOf(request, "acme", "drift.quota");
  };
  expect(await said()).toBe("");
  await whileStory(NET, "quota-changed-elsewhere", async () => {
    await expect.poll(said, ANEW).toMatch(/35 kB\/s.*declared is 50 kB\/s/);
    tell(await said());
  });
  await expect.poll(said, ANEW).toBe("");
});

// The last: before there is a past of ten minutes nothing can be read again.
test("replay: a group that reads the past, by its offsets", async ({ request }) => {
  const cause = async () => {
    const { episodes } = await noisy(request);
    const of = episodes.find(({ row }) => row.tenantId === "acme" && row.resource === "out");
    return of?.sentence ?? "";
  };
  await whileStory(NET, "replay", async () => {
    await expect
      .poll(cause, { timeout: 15 * MINUTE_MS })
      .toMatch(/Likely: Its group acme\.reprocessing reads .* behind the end .*: a replay, by its offsets\./);
    tell(await cause());
  });
  await expect.poll(cause, { timeout: 4 * MINUTE_MS }).toBe("");
});

// Takes until the end of the first hour of UTC of which three quarters are left, and some minutes for its sample.
test("pool-overuse: the hour of a pool, and who took more of it than was promised", async ({ request }) => {
  test.setTimeout(150 * MINUTE_MS);
  await whileStory(NET, "pool-overuse", async (beganMs) => {
    const fromMs = Math.floor((beganMs + 46 * MINUTE_MS) / HOUR_MS) * HOUR_MS;
    const untilMs = fromMs + HOUR_MS;
    const hourOf = async (tenantId: string) => {
      const { hours } = await seen<TenantPool>(request, `/api/tenants/${tenantId}/pool`);
      return hours.find(({ from, direction }) => Date.parse(from) === fromMs && direction === "produce");
    };
    const timeout = untilMs + 25 * MINUTE_MS - Date.now();
    await expect.poll(() => hourOf("birchway"), { intervals: [20_000], timeout }).toMatchObject({ promise: "above", source: "estimated" });
    const { episodes } = await noisy(request);
    const pools = episodes.filter(({ row }) => row.pool !== null);
    for (const { sentence } of pools) tell(sentence);
    expect(pools.map(({ row }) => row.tenantId)).toEqual(["birchway"]);

    for (const tenantId of ["alder-books", "canopy", "dovetail"]) expect((await hourOf(tenantId))?.promise).not.toBe("above");

    // The brokers keep some minutes of these topics; the story writes at one pace, so those tell of the hour.
    const toMs = Date.now();
    const topics = ["pool.orders", "pool.clicks", "pool.audit", "legacy.per-tenant"];
    const taken = await Promise.all(topics.map((topic) => bytesByHeader(CLUSTER, topic, "tenant-id", toMs - READ_MS, toMs)));
    const written = taken.reduce((sum, bytes) => sum + (bytes.get("birchway") ?? 0), 0) / (READ_MS / 1000);
    const rate = (await hourOf("birchway"))?.rateBytesPerSecond;
    tell(`${written.toFixed(0)} B/s of keys and values by Kafka's consumer; ${JSON.stringify(rate)} by the sample of the hour`);
    expect(rate?.low).toBeLessThanOrEqual(written * LOG_OVERHEAD);
    expect(rate?.high).toBeGreaterThanOrEqual(written);
  });
});
