import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { unfitFindings } from "@/lib/domain/posture/model-findings";
import { drain } from "@/lib/domain/steps";
import { Tenant } from "@/lib/domain/tenant";
import { AT, client, cluster, poolTenant, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import { AdviceView } from "@/lib/domain/views/advice";
import { adviceMarkdown } from "./advice-markdown";
import { adviceView } from "./advice-view";

const needing = (one: Tenant, requirements: object): Tenant => Tenant.parse({ ...one, requirements });
const TENANTS = [
  needing(tenant("a"), { ownRetention: true, forgetWithinMs: "30 days" }),
  needing(poolTenant("p"), { ownRetention: true, protectedFromNeighbours: true }),
  poolTenant("q"),
  {
    ...needing(tenant("m", { topics: [{ prefix: "m." }] }, { model: "pool", topics: [{ prefix: "pool." }] }), { ownRetention: true }),
    name: "M & *Sons*",
  },
];
const seen = cluster({ topics: ["a.x", "pool.y"], rates: { "a.x": [1000, 1000, 1000] }, clients: { 1: [client("a", 1234)] } });
const { fleet } = assembleFleet({ registry: registry(TENANTS), clusters: [seen], memory: EMPTY_MEMORY, at: AT });

describe("the advice for a tenant", () => {
  it("is what the API describes", () => {
    const view = adviceView(fleet, "payments:key,forget=7d;clicks:replay", "a");
    expect(AdviceView.parse(view)).toEqual(view);
  });

  it("is from what is stored, at its rates of now", () => {
    const view = adviceView(fleet, null, "a");
    expect(view).toMatchObject({ source: "stored", tenant: { models: ["bridge"] } });
    expect(view.needs).toMatch(/^retention,forget=30d,in=\d+B\/s,out=\d+B\/s$/);
    expect(view.streams[0]).toMatchObject({ recommended: "bridge", moves: [] });
  });

  it("says what moving involves where another model fits", () => {
    expect(adviceView(fleet, null, "p").streams[0]).toMatchObject({ recommended: "bridge", moves: [{ from: "pool", to: "bridge" }] });
    const mixed = adviceView(fleet, "key", "m").streams[0];
    expect(mixed?.moves.map(({ from, to }) => `${from} ${to}`)).toEqual(["pool silo", "bridge silo"]);
    expect(adviceMarkdown(adviceView(fleet, "key", "m"), "")).toMatch(/Moving from pool to silo:[\s\S]*Moving from bridge to silo:/);
  });

  it("takes other needs when they are asked, also none", () => {
    expect(adviceView(fleet, "key", "a")).toMatchObject({ source: "asked", streams: [{ recommended: "silo" }] });
    expect(adviceView(fleet, "", "a")).toMatchObject({ source: "asked", needs: "", streams: [{ recommended: "pool" }] });
  });

  it("gives streams models of their own", () => {
    const view = adviceView(fleet, "payments:key;clicks:retention", null);
    expect(view.streams.map(({ recommended }) => recommended)).toEqual(["silo", "bridge"]);
    expect(view.together).toContain("payments silo, clicks bridge");
  });

  it("invents no cost", () => {
    const { cost } = adviceView(fleet, "key", "a");
    expect(cost).toContain("bridge: no bridge tenant here has a cost and a rate to go by");
    expect(cost).toContain("silo: no cluster here is at AWS");
  });

  it("reads as Markdown, in which a name is no markup", () => {
    const text = adviceMarkdown(adviceView(fleet, null, "m"), "https://console/isolation");
    expect(text).toContain("# Which isolation model fits M & \\*Sons\\*");
    expect(text).toContain("- **bridge** fits");
    expect(text).toContain("Needs: `retention");
    expect(text.endsWith("https://console/isolation\n")).toBe(true);
  });
});

describe("a model that does not fit", () => {
  it("is found where none of the tenant's models gives what it needs", () => {
    const found = drain(unfitFindings(fleet));
    expect(found.map(({ tenantId }) => tenantId)).toEqual(["p"]);
    expect(found[0]?.sentence).toBe("pool cannot give what it is declared to need: Retention of its own. A bridge would fit.");
  });
});
