import { describe, expect, it } from "vitest";
import type { ReportedUse } from "@/lib/domain/pool/pool-facts";
import { AT_MS, poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";
import { rememberOpenPool } from "../remember-open";
import { type HourSpec, judgedHours, levelOf, PROMISE, told } from "./testing/hours";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Everybody a third of 150 kB/s: half of what is promised. */
const CALM: HourSpec = {
  rate: 150_000,
  sample: [
    ["acme", 1 / 3, 0.05],
    ["brook", 1 / 3, 0.05],
    ["kestrel", 1 / 3, 0.05],
  ],
};
/** Kestrel alone rose to 900 kB/s. */
const RISEN: HourSpec = {
  rate: 1_000_000,
  sample: [
    ["kestrel", 0.9, 0.04],
    ["acme", 0.05, 0.02],
    ["brook", 0.05, 0.02],
  ],
  pressureSince: 5,
};
const last = (...specs: HourSpec[]) => judgedHours(specs).at(-1);

describe("an hour of a pool", () => {
  it("is judged once it is over and sampled, with the share, the interval and the promise", () => {
    const [noise] = judgedHours([CALM]);
    expect([noise?.fromMs, noise?.untilMs, noise?.unseen]).toEqual([AT_MS, AT_MS + HOUR, null]);
    expect(levelOf(noise, "kestrel")).toMatchObject({
      source: "estimated",
      rate: { low: expect.closeTo(42_500, -2), value: expect.closeTo(50_000, -2), high: expect.closeTo(57_500, -2) },
      clusterRate: expect.closeTo(150_000, -2),
      share: { value: expect.closeTo(1 / 3) },
      promiseBytesPerSecond: PROMISE,
      entitlement: expect.closeTo(1 / 3),
      times: { value: expect.closeTo(1) },
      promise: "within",
      because: null,
      verdict: "inside",
    });
    expect(noise?.findings).toEqual([]);
  });

  it("blames a rise on the tenant that rose, and on none of the others", () => {
    const noise = last(CALM, RISEN);
    expect(told(noise)).toEqual(["acme within quiet", "brook within quiet", "kestrel above noisy"]);
    expect(noise?.findings.map(({ rule, tenantId, subject, sinceMs }) => [rule, tenantId, subject, sinceMs])).toEqual([
      ["noise.noisy", "kestrel", "pool in", AT_MS + HOUR],
    ]);
  });

  it.each<[minute: number]>([[1], [20], [40], [58]])(
    "blames nobody for a rise in minute %d that its sample did not see, and the one who rose in the next hour",
    (minute) => {
      const unseen: HourSpec = {
        ...RISEN,
        rate: (now) => (now >= minute && now < 59 ? 1_000_000 : 100_000),
        sample: [
          ["acme", 0.45, 0.02],
          ["brook", 0.45, 0.02],
          ["kestrel", 0.1, 0.02],
        ],
        since: 59,
      };
      const hours = judgedHours([CALM, unseen, RISEN]);
      expect(told(hours[1]).filter((one) => one.includes("above"))).toEqual([]);
      expect(hours[1]?.findings).toEqual([]);
      expect(hours[2]?.findings.map(({ tenantId }) => tenantId)).toEqual(["kestrel"]);
    },
  );

  it("says why it cannot tell where the traffic changed after the sample", () => {
    const [noise] = judgedHours([{ ...CALM, rate: (minute) => (minute < 50 ? 600_000 : 150_000), since: 55 }]);
    expect(levelOf(noise, "acme")).toMatchObject({
      promise: "unknown",
      verdict: "unknown",
      because: "pool.x carried more or less in other minutes than while it was sampled, and what changed may be anybody's.",
    });
  });

  it.each<[what: string, share: number, error: number, expected: string]>([
    ["whose interval is above its promise as a whole, and twice its entitlement", 0.9, 0.05, "kestrel above noisy"],
    ["whose interval holds the promise", 0.12, 0.05, "kestrel unknown unknown"],
    ["whose lower end is exactly the promise", 0.12, 0.02, "kestrel unknown unknown"],
    ["whose interval is below as a whole", 0.05, 0.02, "kestrel within quiet"],
    ["that is above, and not twice its entitlement", 0.5, 0.05, "kestrel above quiet"],
    ["whose estimate is twice its entitlement, and not the lower end", 0.8, 0.2, "kestrel above quiet"],
  ])("of a tenant %s is %s", (_, share, error, expected) => {
    const rest = (1 - share) / 2;
    const sample: HourSpec["sample"] = [
      ["kestrel", share, error],
      ["acme", rest, 0.01],
      ["brook", rest, 0.01],
    ];
    expect(told(last({ ...RISEN, sample }))).toContain(expected);
  });

  it("blames nobody where intervals overlap the promise", () => {
    const noise = last({ ...RISEN, rate: 300_000, sample: CALM.sample });
    expect(told(noise)).toEqual(["acme unknown unknown", "brook unknown unknown", "kestrel unknown unknown"]);
    expect(noise?.findings).toEqual([]);
    expect(levelOf(noise, "acme")?.because).toBe("The interval of its estimate holds the promise.");
  });

  it.each<[what: string, change: Partial<HourSpec>, rules: string[]]>([
    ["a broker was under pressure", {}, ["noise.noisy"]],
    ["no broker was", { pressureSince: 60 }, ["noise.loud"]],
    ["the pressure began in the hour before", { pressureSince: -30 }, ["noise.loud"]],
    ["the pressure was on a broker that leads none of its partitions", { partitions: [0, 2] }, ["noise.loud"]],
  ])("where %s", (_, change, rules) => {
    expect(last(CALM, { ...RISEN, ...change })?.findings.map(({ rule }) => rule)).toEqual(rules);
  });

  it.each<[what: string, change: Partial<HourSpec>, unseen: RegExp]>([
    ["it was not sampled", { sample: null }, /^No shared topic was sampled/],
    ["the sample was taken too late for it", { sampledAfter: 20 }, /^No shared topic was sampled/],
    ["the brokers were read in a part of it alone", { isRead: (minute) => minute < 40 }, /in 40 of its 60 minutes only/],
  ])("is not judged where %s, and says so", (_, change, unseen) => {
    const noise = last(CALM, { ...RISEN, ...change });
    expect(noise?.unseen).toMatch(unseen);
    expect([noise?.levels, noise?.findings]).toEqual([[], []]);
  });

  it("tells of nobody that was in none of the batches", () => {
    const noise = last({ ...RISEN, sample: [["kestrel", 1, 0]] });
    expect(told(noise)).toEqual(["kestrel above quiet"]);
  });

  it("judges bytes that go out by what is reported alone: a sample tells who wrote, not for whom it is read", () => {
    expect(levelOf(last({ ...RISEN, out: 5_000_000 }), "kestrel", "out")).toBeUndefined();
  });
});

describe("an episode of a pool", () => {
  const findings = (...specs: HourSpec[]) => judgedHours(specs).map((noise) => noise.findings.map(({ rule, sinceMs }) => [rule, sinceMs]));
  const noisy = ["noise.noisy", AT_MS];
  /** Above its promise, and less than twice its entitlement. */
  const less: HourSpec = {
    ...RISEN,
    sample: [
      ["kestrel", 0.4, 0.02],
      ["acme", 0.3, 0.02],
      ["brook", 0.3, 0.02],
    ],
  };

  it("begins with the first hour and ends with the second calm one", () => {
    expect(findings(RISEN, RISEN, less, less)).toEqual([[noisy], [noisy], [noisy], []]);
  });

  it("ends at once where the tenant is inside its promise", () => expect(findings(RISEN, CALM)).toEqual([[noisy], []]));

  it("goes on over an hour that could not be judged", () => {
    expect(findings(RISEN, { ...RISEN, sample: null }, RISEN)).toEqual([[noisy], [], [noisy]]);
  });

  it("goes on over an hour that cannot tell, blames nobody in it, and ends with the second one", () => {
    const wide: HourSpec = {
      ...RISEN,
      sample: [
        ["kestrel", 0.3, 0.25],
        ["acme", 0.7, 0.2],
      ],
    };
    const hours = judgedHours([RISEN, wide, wide]);
    expect(levelOf(hours[1], "kestrel")?.verdict).toBe("unknown");
    expect(
      hours.map((noise) => noise.findings.map(({ rule, tenantId }) => `${rule} ${tenantId}`).filter((one) => one.endsWith("kestrel"))),
    ).toEqual([["noise.noisy kestrel"], ["noise.noisy kestrel"], []]);
  });

  it("goes on after a restart", () => {
    const found = judgedHours([RISEN])[0]?.findings[0];
    if (found === undefined) throw new Error("nothing found");
    const open = { ...found, id: "x", label: "", since: new Date(AT_MS - HOUR).toISOString(), until: null, acknowledged: null };
    const [noise] = judgedHours([less], {}, rememberOpenPool([open], "c1"));
    expect(noise?.findings.map(({ sinceMs }) => sinceMs)).toEqual([AT_MS - HOUR]);
  });

  it("says the hour, the share with its interval, the promise, who enforces it, and who fell behind", () => {
    const tenants = [...["kestrel", "acme", "brook"].map(poolTenant), tenant("own")];
    const [noise] = judgedHours([{ ...RISEN, behind: (minute) => (minute < 10 ? 0 : 900) }], { tenants });
    const sentence = noise?.findings[0]?.sentence.replaceAll(/[\u00a0\u202f]/g, " ");
    expect(sentence).toBe(
      "In the hour 2026-11-23 10:00 to 11:00 UTC kestrel took 90 % (86 % to 94 %) of what c1 received, by the sample of that hour, at least 2.6 times the 33 % it is entitled to. " +
        "That is 900 kB/s (860 kB/s to 940 kB/s), above the 100 kB/s of its promise. Its promise is enforced by your application, or by nobody: no quota of Kafka can hold it. " +
        "Under pressure in it: broker 2 (request handlers idle 10 %). Which of both came first within the hour is not known. " +
        "In the same hour fell behind: own (own.reader) 0 s → 14 m 59 s. No mechanism seen. Why is not known: nothing seen explains it.",
    );
  });
});

describe("what an application reports of an hour", () => {
  const use = (bytesPerSecond: number, atMs: number): ReportedUse => ({
    from: "the page at usage",
    produce: { bytesPerSecond, at: new Date(atMs).toISOString() },
    consume: { bytesPerSecond: bytesPerSecond * 2, at: new Date(atMs).toISOString() },
    problem: null,
  });

  it("counts before its sample, in both directions, without an interval", () => {
    const reported = (_: number, atMs: number): [string, ReportedUse][] => [["kestrel", use(90_000, atMs)]];
    const noise = last({ ...RISEN, reported });
    expect(levelOf(noise, "kestrel")).toMatchObject({
      source: "reported",
      rate: { low: expect.closeTo(90_000, 0), value: expect.closeTo(90_000, 0), high: expect.closeTo(90_000, 0) },
      promise: "within",
    });
    expect(levelOf(noise, "kestrel", "out")).toMatchObject({ source: "reported", promise: "above" });
    expect(told(noise)).toEqual(["acme within quiet", "brook within quiet", "kestrel within quiet"]);
  });

  it("gives way to the sample where it was reported of a part of the hour alone", () => {
    const reported = (minute: number, atMs: number): [string, ReportedUse][] => [
      ["kestrel", use(90_000, minute < 30 ? atMs : AT_MS + 30 * MINUTE)],
    ];
    expect(levelOf(last({ ...RISEN, reported }), "kestrel")?.source).toBe("estimated");
  });
});

describe("a tenant with more than its pool", () => {
  const declared = (share: number) => ({
    tenants: [
      ...["acme", "brook"].map(poolTenant),
      tenant(
        "kestrel",
        { model: "pool", topics: [{ prefix: "pool." }], record: { header: "tenant" }, share },
        { topics: [{ prefix: "kestrel." }], principals: [{ kind: "scram", name: "kestrel" }], share: 1 - share },
      ),
    ],
  });

  it("may be above by its pool alone", () => {
    expect(told(judgedHours([RISEN], declared(0.5)).at(-1))).toContain("kestrel above noisy");
  });

  it("is not called within by it", () => {
    const noise = judgedHours([CALM], declared(0.5)).at(-1);
    expect(levelOf(noise, "kestrel")).toMatchObject({
      promise: "unknown",
      because: "What it does outside of this pool is not in the number.",
    });
  });
});
