import { describe, expect, it } from "vitest";
import type { Part, PartState } from "@/lib/domain/snapshot";
import { contextOf } from "@/lib/operations/testing/context";
import { fleetOf, snapshotOf } from "@/lib/operations/testing/fleet";
import type { Store } from "@/lib/store";
import { getReadiness } from "./get-readiness";

const store = (run: () => Promise<unknown>) => ({ kind: "pglite", location: "memory", run }) as unknown as Store;
const answering = store(async () => ({ rows: [] }));

function fleet(metadata: Partial<PartState>) {
  const { parts } = snapshotOf("c1");
  const changed: Record<Part, PartState> = { ...parts, metadata: { ...parts.metadata, ...metadata } };
  return fleetOf({ clusters: [snapshotOf("c1", { parts: changed })] });
}

describe("getReadiness", () => {
  it("is ready with a database that answers and clusters that were tried, reachable or not", async () => {
    const problem = { code: "unreachable" as const, operation: "Metadata", message: "Away." };
    for (const metadata of [{}, { at: null, problems: [problem] }]) {
      expect(await getReadiness.run(contextOf([fleet(metadata)], { store: answering }), {})).toEqual({
        status: "ready",
        store: "pglite",
        collector: "running",
      });
    }
  });

  it("names every reason for not being ready", async () => {
    const context = contextOf([fleet({ at: null })], { store: store(() => Promise.reject(new Error("secret detail"))) });
    const error = await getReadiness.run(context, {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unavailable", details: [{ path: "store" }, { path: "clusters.c1" }] });
    expect(JSON.stringify(error)).not.toContain("secret detail");
  });

  it("does not wait for clusters that nobody reads here", async () => {
    const collector = { ...contextOf().collector, state: () => "off" as const };
    expect(await getReadiness.run(contextOf([fleet({ at: null })], { store: answering, collector }), {})).toMatchObject({
      collector: "off",
    });
  });
});
