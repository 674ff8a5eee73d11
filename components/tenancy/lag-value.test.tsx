// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { formatDuration } from "@/lib/domain/format";
import type { LagHeadline } from "@/lib/domain/views/lag";
import { LagValue } from "./lag-value";

afterEach(cleanup);

const lag: LagHeadline = { state: "behind", clusterId: "c", groupId: "g", recordsBehind: 12, timeBehindMs: 90_000, reason: null };

test.each<[string, Partial<LagHeadline>, string]>([
  ["the time where it is known", {}, formatDuration(90_000)],
  ["at least the time", { timeAtLeast: true }, `≥ ${formatDuration(90_000)}`],
  ["else the records", { timeBehindMs: null }, "12 records"],
  ["at least the records", { timeBehindMs: null, recordsAtLeast: true }, "≥ 12 records"],
])("shows %s", (_what, more, words) => {
  render(<LagValue lag={{ ...lag, ...more }} />);
  expect(screen.getByTitle(/^g/).textContent).toContain(words);
});
