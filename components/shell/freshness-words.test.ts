import { expect, test } from "vitest";
import { type ClusterStatus, oldestSource, type PartStatus } from "./freshness-words";

const part = (name: PartStatus["part"], at: string | null, stale = false): PartStatus => ({
  part: name,
  at,
  intervalMs: 15_000,
  stale,
  problems: [],
});
const cluster = (name: string, ...parts: PartStatus[]): ClusterStatus => ({ id: name, name, state: "healthy", parts, at: null });
const ALL = ["metadata", "offsets", "exporter", "configs"] as const;

test("the oldest source of the page is named, over all clusters", () => {
  const clusters = [
    cluster("a", part("metadata", "2026-11-23T14:00:00Z"), part("offsets", "2026-11-23T14:00:09Z")),
    cluster("b", part("metadata", "2026-11-23T13:59:00Z")),
  ];
  expect(oldestSource(clusters, ALL)).toMatchObject({ cluster: "b", part: "metadata", stale: false });
});

test("a late source comes before an older one that is read seldom", () => {
  const slow = part("configs", "2026-11-23T09:00:00Z");
  const late = part("exporter", "2026-11-23T14:00:00Z", true);
  expect(oldestSource([cluster("a", slow, late)], ALL)).toMatchObject({ part: "exporter", stale: true });
});

test("what the page does not show does not make it old", () => {
  const clusters = [cluster("a", part("configs", "2026-11-23T09:00:00Z"), part("offsets", "2026-11-23T14:00:00Z"))];
  expect(oldestSource(clusters, ["offsets"])).toMatchObject({ part: "offsets" });
});

test("a source that was never read counts when it is missed, and not when there is none", () => {
  expect(oldestSource([cluster("a", part("exporter", null))], ALL)).toBeNull();
  expect(oldestSource([cluster("a", part("exporter", null, true), part("offsets", "2026-11-23T14:00:00Z"))], ALL)).toMatchObject({
    part: "exporter",
    atMs: null,
  });
  expect(oldestSource([], ALL)).toBeNull();
});
