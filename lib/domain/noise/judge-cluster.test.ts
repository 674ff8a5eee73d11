import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { drain } from "@/lib/domain/steps";
import { AT_MS, cluster, registry } from "@/lib/domain/testing/cluster-fixture";
import { EMPTY_NOISE_MEMORY, judgeCluster } from "./judge-cluster";
import { rankingOf } from "./noisy-rows";
import { rememberOpen } from "./remember-open";
import { CALM, judged, STORM, TENANTS } from "./testing/readings";

describe("a cluster's reading", () => {
  it("ranks everybody, the noisy one first", () => {
    const last = judged([CALM, STORM, STORM]).at(-1);
    if (last === undefined) throw new Error("nothing judged");
    const fleet = { ...last.fleet, noise: new Map([["c1", last.noise]]) };
    const rows = rankingOf(fleet, { clusterId: null, brokerId: null, tenantId: null, resource: null });
    expect(rows.map(({ tenantId, verdict }) => [tenantId, verdict])).toEqual([
      ["kestrel", "noisy"],
      ["acme", "quiet"],
      ["brook", "quiet"],
    ]);
    const shares = last.noise.levels.filter(({ resource, brokerId }) => resource === "in" && brokerId === 2);
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it("goes on with an episode after a restart", () => {
    const found = judged([CALM, STORM, STORM]).at(-1)?.noise.findings[0];
    if (found === undefined) throw new Error("nothing found");
    const since = new Date(AT_MS).toISOString();
    const open = { ...found, id: "x", label: "", since, until: null, acknowledged: null };
    const [first] = judged([STORM], rememberOpen(EMPTY_NOISE_MEMORY, [open], "c1"));
    expect(first?.noise.levels.find(({ tenantId, resource }) => tenantId === "kestrel" && resource === "in")).toMatchObject({
      verdict: "noisy",
      sinceMs: AT_MS,
    });
  });

  it("says so when no broker tells of itself", () => {
    const silent = cluster({ unread: [1, 2, 3] });
    const { fleet } = assembleFleet({ registry: registry(TENANTS), clusters: [silent], memory: EMPTY_MEMORY, at: silent.at });
    const { noise } = drain(judgeCluster(fleet, silent, EMPTY_NOISE_MEMORY, AT_MS));
    expect(noise.unseen).toMatch(/^No broker's own measures/);
    expect(noise.levels).toEqual([]);
  });

  it("holds nothing of the fleet that it judged, while the cluster's metadata stays the same", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const read = judged([CALM]).at(-1)?.fleet.clusters.get("c1");
    if (read === undefined) throw new Error("nothing read");
    const judgeOnce = (): WeakRef<object> => {
      const { fleet } = assembleFleet({ registry: registry(TENANTS), clusters: [read], memory: EMPTY_MEMORY, at: read.at });
      expect(drain(judgeCluster(fleet, read, EMPTY_NOISE_MEMORY, AT_MS)).noise.levels).not.toEqual([]);
      const [own] = fleet.tenants.get("acme")?.topics ?? [];
      if (own === undefined) throw new Error("no topic is its own");
      return new WeakRef(own);
    };
    const topic = judgeOnce();
    // What a weak reference was made of lives until the turn of the event loop is over.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(topic.deref()).toBeUndefined();
  });
});
