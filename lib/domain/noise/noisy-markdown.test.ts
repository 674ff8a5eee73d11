import { describe, expect, it } from "vitest";
import type { NoisyRow, NoisyView } from "@/lib/domain/views/noisy";
import { noisyMarkdown } from "./noisy-markdown";

const AT = "2026-11-23T12:00:00.000Z";
const row: NoisyRow = {
  tenantId: "kestrel",
  tenantName: "Kestrel *Logistics*",
  clusterId: "events-1",
  clusterName: "Events One",
  brokerId: 2,
  resource: "in",
  verdict: "noisy",
  share: 0.29,
  entitlement: 0.12,
  times: 2.4,
  rate: 1e7,
  brokerRate: 3.4e7,
  signs: ["request handlers idle 24 %"],
  since: AT,
  source: "measured",
  pool: null,
};
const view: NoisyView = {
  from: AT,
  to: AT,
  live: true,
  momentAt: null,
  ranking: [row],
  rankingTotal: 1,
  episodes: [
    {
      row,
      sentence: "Kestrel takes 29 % from host-b2.internal as principal kestrel-app.",
      peakShare: 0.3,
      victims: [
        {
          groupId: "acme.billing",
          tenantId: "acme",
          tenantName: "Acme",
          beforeMs: 38_000,
          nowMs: 200_000,
          beforeRecords: 1,
          nowRecords: 2,
          objectiveMs: null,
        },
        {
          groupId: "brook.reader",
          tenantId: "brook",
          tenantName: "Brook",
          beforeMs: 1_000,
          nowMs: 90_000,
          beforeRecords: 1,
          nowRecords: 2,
          objectiveMs: null,
        },
      ],
      mechanism: "fetch time 8 → 95 ms",
      causes: [{ kind: "one-topic", sentence: "93 % of its bytes are of one topic, kestrel.positions.", href: null }],
      next: [],
    },
  ],
  others: [],
  heat: { stepMs: 1, keptMinutes: 1, times: [], rows: [], seen: 0, cut: false, withoutPools: false },
  unseen: [],
  unseenPools: [],
  at: AT,
};
const OTHERS = ["Kestrel", "kestrel", "Brook", "brook", "Events One", "events-1", "host-b2", "kestrel-app", "console.internal"];

describe("the text for a ticket", () => {
  it("has all names in the internal version, and none of them is markup", () => {
    const text = noisyMarkdown(view, { kind: "internal" }, "https://console.internal/noisy");
    for (const name of ["Kestrel \\*Logistics\\*", "Acme", "acme.billing", "kestrel.positions", "https://console.internal/noisy"]) {
      expect(text).toContain(name);
    }
  });

  it("names nobody else in the version that is safe to forward", () => {
    const audience = { kind: "forward", tenantId: "acme", tenantName: "Acme" } as const;
    const text = noisyMarkdown(view, audience, "https://console.internal/noisy");
    for (const name of OTHERS) expect(text).not.toContain(name);
    expect(text).toContain("Your group acme.billing fell behind (38");
    expect(text).toContain("fetch time 8 → 95 ms");
  });

  it("tells the noisy one of itself alone", () => {
    const text = noisyMarkdown(view, { kind: "forward", tenantId: "kestrel", tenantName: "Kestrel" }, "");
    expect(text).toContain("Your produce traffic takes 29");
    for (const name of ["Acme", "acme", "Brook", "brook", "Events One", "host-b2", "kestrel-app"]) expect(text).not.toContain(name);
  });

  it("tells a pool's tenant the hour and the interval, and nothing of the others", () => {
    const pool: NonNullable<NoisyRow["pool"]> = {
      from: AT,
      until: "2026-11-23T13:00:00.000Z",
      share: { low: 0.31, value: 0.38, high: 0.45 },
      rateBytesPerSecond: { low: 7e6, value: 8e6, high: 9e6 },
      times: null,
      promiseBytesPerSecond: 4e6,
      promise: "above",
      because: null,
      sentence: "",
    };
    const [episode] = view.episodes;
    if (episode === undefined) throw new Error("no episode");
    const ofPool = { ...row, brokerId: null, pool };
    const hourly = { ...view, ranking: [ofPool], episodes: [{ ...episode, row: ofPool }] };
    const text = noisyMarkdown(hourly, { kind: "forward", tenantId: "kestrel", tenantName: "Kestrel" }, "");
    expect(text.replaceAll(/[\u00a0\u202f]/g, " ")).toContain(
      "From 2026-11-23 12:00 UTC to 2026-11-23 13:00 UTC your produce traffic was 38 % (31 % to 45 %) of what one of our clusters handled",
    );
    for (const name of ["Acme", "acme", "Brook", "brook", "Events One", "host-b2", "kestrel-app"]) expect(text).not.toContain(name);
    const hurt = noisyMarkdown(hourly, { kind: "forward", tenantId: "acme", tenantName: "Acme" }, "");
    expect(hurt).toContain("above its entitlement on the same cluster");
    expect(noisyMarkdown(hourly, { kind: "internal" }, "")).toContain("Events One, 2026-11-23 12:00 UTC by the hour");
  });
});
