import { describe, expect, it } from "vitest";
import { contextOf } from "@/lib/operations/testing/context";
import { fleetOf, tenantOf } from "@/lib/operations/testing/fleet";
import { getTenantHistory } from "./get-tenant-history";

const context = contextOf([fleetOf({ tenants: [tenantOf("acme")] })]);
const ask = (query: Record<string, unknown>) => getTenantHistory.run(context, { tenantId: "acme", ...query });

describe("the range of a history", () => {
  it.each<[Record<string, unknown>, RegExp]>([
    [{ range: "2h" }, /range/],
    [{ range: "1h", from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" }, /either range/],
    [{ from: "2026-01-01T00:00:00Z" }, /go together/],
    [{ from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" }, /before/],
    [{ from: "2026-01-02T00:00:00Z", to: "2026-01-02T00:00:00Z" }, /before/],
    [{ from: "2020-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" }, /366 days/],
    [{ from: "yesterday", to: "today" }, /from/],
  ])("refuses %j", async (query, message) => {
    await expect(ask(query)).rejects.toMatchObject({ code: "invalid", message: expect.stringMatching(message) });
  });

  it("does not know a tenant that was never declared", async () => {
    await expect(ask({ tenantId: "nobody" })).rejects.toMatchObject({ code: "not_found" });
  });
});
