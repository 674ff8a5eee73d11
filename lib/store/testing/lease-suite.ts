import { describe, expect, it } from "vitest";
import { acquireLease } from "@/lib/store/leases/acquire-lease";
import { fenced } from "@/lib/store/leases/fenced";
import type { Lease } from "@/lib/store/leases/lease";
import { releaseLease } from "@/lib/store/leases/release-lease";
import { renewLease } from "@/lib/store/leases/renew-lease";
import type { Store } from "@/lib/store/store";

const MINUTE = 60_000;
/** A lease of this length has run out when it is given. */
const RUN_OUT = -1;

/** Takes a lease that must be free. */
export async function takeLease(store: Store, name: string, holder = "a", ttlMs = MINUTE): Promise<Lease> {
  const lease = await acquireLease(store, name, holder, ttlMs);
  if (lease === null) throw new Error(`The lease ${name} is not free.`);
  return lease;
}

export function leaseSuite(open: () => Store): void {
  describe("leases", () => {
    it("belong to one holder at a time", async () => {
      const holders = Array.from({ length: 8 }, (_, index) => `holder-${index}`);
      const results = await Promise.all(holders.map((holder) => acquireLease(open(), "lease/one", holder, MINUTE)));
      expect(results.filter((lease) => lease !== null)).toHaveLength(1);
    });

    it("are given again to their own holder under the same fence", async () => {
      const first = await takeLease(open(), "lease/again");
      expect(await acquireLease(open(), "lease/again", "a", MINUTE)).toEqual(first);
    });

    it("pass on when they have run out, under a greater fence", async () => {
      const first = await takeLease(open(), "lease/out", "a", RUN_OUT);
      const second = await takeLease(open(), "lease/out", "b");
      expect(second.fence).toBeGreaterThan(first.fence);
      expect(await renewLease(open(), first, MINUTE)).toBe(false);
      expect(await renewLease(open(), second, MINUTE)).toBe(true);
    });

    it("can be renewed after they ran out, as long as nobody took them", async () => {
      const lease = await takeLease(open(), "lease/late", "a", RUN_OUT);
      expect(await renewLease(open(), lease, MINUTE)).toBe(true);
      expect(await acquireLease(open(), "lease/late", "b", MINUTE)).toBeNull();
    });

    it("are free at once when given back, and never under the same fence", async () => {
      const first = await takeLease(open(), "lease/back");
      await releaseLease(open(), first);
      const again = await takeLease(open(), "lease/back");
      expect(again.fence).toBeGreaterThan(first.fence);
    });

    it("are not given back by a holder that lost them", async () => {
      const first = await takeLease(open(), "lease/lost", "a", RUN_OUT);
      await takeLease(open(), "lease/lost", "b");
      await releaseLease(open(), first);
      expect(await acquireLease(open(), "lease/lost", "c", MINUTE)).toBeNull();
    });

    it("refuse a write under an old fence, before anything is written", async () => {
      const first = await takeLease(open(), "lease/write", "a", RUN_OUT);
      expect(await fenced(open(), first, async () => "written")).toBe("written");
      const second = await takeLease(open(), "lease/write", "b");
      let reached = false;
      const late = fenced(open(), first, async () => {
        reached = true;
      });
      await expect(late).rejects.toMatchObject({ code: "conflict" });
      expect(reached).toBe(false);
      await releaseLease(open(), second);
      await expect(fenced(open(), second, async () => 1)).rejects.toMatchObject({ code: "conflict" });
    });
  });
}
