import { expect, it } from "vitest";
import { DAY, goldenCluster, goldenFacts, override, told } from "@/lib/domain/change/testing/quota-facts";
import { tenant } from "@/lib/domain/testing/cluster-fixture";

const OVER = { until: "2026-11-23T09:00:00.000Z", atEnd: "take-back" };
const QUOTA = override({ setting: "produceBytesPerSecond", value: 60_000, ...OVER });
const RETENTION = override({ setting: "retentionMs", value: 5 * DAY, ...OVER });

function end(setting: "produceBytesPerSecond" | "retentionMs", changes: object) {
  const kestrel = { ...tenant("kestrel"), name: "Kestrel", overrides: [QUOTA, RETENTION] };
  const facts = goldenFacts({ tenants: [kestrel], clusters: { c1: { ...goldenCluster(), ...changes } } });
  return told({ kind: "override-end", tenantId: "kestrel", overrides: [{ setting }] }, facts).plan;
}
const unreadTopic = { topics: { "kestrel.scans": { own: null } } };

it.each([
  ["produceBytesPerSecond", { quotas: null }, /^The quotas of c1 could not be read/],
  ["retentionMs", unreadTopic, /^The configuration of kestrel\.scans on c1 could not be read/],
] as const)("an override of %s does not end while what it declares cannot be read", (setting, changes, reason) => {
  expect(end(setting, changes).refusals.map((one) => one.reason)).toEqual([expect.stringMatching(reason)]);
});

it.each([
  ["produceBytesPerSecond", unreadTopic],
  ["retentionMs", { quotas: null }],
] as const)("an override of %s ends where only something else cannot be read", (setting, changes) => {
  const { refusals, operations } = end(setting, changes);
  expect(refusals).toEqual([]);
  expect(operations).toMatchObject([{ target: { kind: "override", setting } }]);
});
