import { describe, expect, it } from "vitest";
import { applyTo } from "@/lib/domain/change/testing/apply-to";
import { goldenCluster, goldenFacts, told } from "@/lib/domain/change/testing/quota-facts";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { indexQuotas } from "@/lib/domain/quota/effective";
import { limitsNobody } from "@/lib/domain/quota/measure-everybody";
import { hiddenUser } from "@/lib/domain/quota/visibility";
import { rule } from "@/lib/domain/testing/cluster-fixture";

const request = { kind: "measure", clusterId: "c1", keys: ["producer_byte_rate", "consumer_byte_rate", "request_percentage"] } as const;
const ask = { ...request, keys: [...request.keys] };
const facts = (quotas: QuotaRuleFact[]) => goldenFacts({ clusters: { c1: goldenCluster(quotas) } });

describe("measuring everybody", () => {
  it("sets a rule that nobody reaches on a name that nobody uses, one for each key", () => {
    const { operations, consequences, title } = told(ask, facts([]));
    expect(title).toBe("Measure everybody on c1 without limiting");
    expect(operations).toEqual([
      "user tenant-console-measures-everyone producer_byte_rate: null → 1000000000000000",
      "user tenant-console-measures-everyone consumer_byte_rate: null → 1000000000000000",
      "user tenant-console-measures-everyone request_percentage: null → 1000000",
    ]);
    expect(consequences).toContainEqual(
      expect.stringMatching(
        /^note: Nobody signs in as user tenant-console-measures-everyone: the rule makes the brokers of c1 count every user/,
      ),
    );
  });

  it("makes the brokers count users by name, and is no limit by the console's own measure", () => {
    const { plan } = told(ask, facts([]));
    const after = applyTo(facts([]), plan.operations).clusters.get("c1")?.quotas ?? [];
    const index = indexQuotas(after);
    expect(hiddenUser(index, "producer_byte_rate", "acme", null)).toBeNull();
    for (const { values } of after) for (const key of ask.keys) expect(limitsNobody(key, values[key] ?? 0)).toBe(true);
  });

  it("does only what is not counted yet, and nothing once it is done", () => {
    const { operations, leftOut } = told(ask, facts([rule({ user: "x" }, 9)]));
    expect(operations).toEqual(["user tenant-console-measures-everyone request_percentage: null → 1000000"]);
    expect(leftOut).toHaveLength(2);
    const done = told(ask, applyTo(facts([]), told(ask, facts([])).plan.operations));
    expect(done.operations).toEqual([]);
    expect(done.refusals).toEqual([expect.stringMatching(/its brokers count, and count every user by it/)]);
  });

  it("is refused where rules on client-ids hide users: it would not help", () => {
    const { operations, refusals } = told({ ...ask, keys: ["producer_byte_rate"] }, facts([rule({ clientId: "app" }, 9)]));
    expect(operations).toEqual([]);
    expect(refusals).toEqual([expect.stringMatching(/counted by client-id only, and no rule on another user changes that/)]);
  });

  it("is refused for a cluster that is not there", () => {
    expect(told({ ...ask, clusterId: "c9" }, facts([])).refusals).toEqual(['There is no cluster "c9".']);
  });
});
