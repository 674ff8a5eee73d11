import { describe, expect, it } from "vitest";
import { contextOf } from "@/lib/operations/testing/context";
import { fleetOf, groupOf, snapshotOf, tenantOf, topicOf } from "@/lib/operations/testing/fleet";
import { search } from "./search";

const placements = [{ cluster: "c1", model: "bridge", principals: [{ kind: "scram", name: "acme-writer" }] }];
const fleet = fleetOf({
  tenants: [
    tenantOf("acme", { name: "Acme Rockets", placements }),
    tenantOf("rocketry", { name: "Hobby" }),
    tenantOf("skyrocket", { name: "Sky" }),
  ],
  clusters: [
    snapshotOf("c1", {
      scramUsers: [
        { name: "acme-writer", mechanisms: [] },
        { name: "stray<user>", mechanisms: [] },
      ],
    }),
  ],
  topics: [topicOf("acme.rocket-launches"), topicOf("50%?/&#.names")],
  groups: [groupOf("rocket/é")],
});
const context = contextOf([fleet]);

interface Hit {
  kind: string;
  title: string;
  subtitle: string;
  href: string;
}
const find = async (q: string): Promise<Hit[]> => ((await search.run(context, { q })) as { hits: Hit[] }).hits;
const titles = async (q: string) => (await find(q)).map(({ kind, title }) => `${kind} ${title}`);

describe("search", () => {
  it("puts what begins so before a word that begins so before what is inside, and tenants first", async () => {
    expect(await titles("rocket")).toEqual([
      "tenant Hobby",
      "group rocket/é",
      "tenant Acme Rockets",
      "topic acme.rocket-launches",
      "tenant Sky",
    ]);
  });

  it("finds several words wherever they are", async () => {
    expect(await titles("rockets acme")).toEqual(["tenant Acme Rockets"]);
  });

  it("says what can be changed of tenants and topics, and of nothing else", async () => {
    const [tenant] = await find("acme rockets");
    expect(tenant).toMatchObject({
      kind: "tenant",
      actions: expect.arrayContaining([
        { label: "Set quota of Acme Rockets", href: "/tenants/acme/change/quota" },
        { label: "Brake Acme Rockets", href: "/tenants/acme?brake=true" },
      ]),
    });
    const [topic] = await find("acme.rocket-launches");
    expect(topic).toMatchObject({
      actions: expect.arrayContaining([
        { label: "Change retention of acme.rocket-launches", href: "/clusters/c1/topics/acme.rocket-launches/change/retention" },
      ]),
    });
    expect(await find("rocket/é")).toEqual([expect.not.objectContaining({ actions: expect.anything() })]);
  });

  it("leads to where a thing is shown, whatever its name", async () => {
    expect(await find("50%?")).toEqual([expect.objectContaining({ href: "/clusters/c1/topics/50%25%3F%2F%26%23.names" })]);
    expect(await find("rocket/é")).toEqual([expect.objectContaining({ href: "/clusters/c1/groups?group=rocket%2F%C3%A9" })]);
    expect((await find("acme-writer")).filter(({ kind }) => kind !== "ticket")).toEqual([
      { kind: "principal", title: "acme-writer", subtitle: "SCRAM user on C1 · Acme Rockets", href: "/tenants/acme/access" },
    ]);
    expect(await find("stray<user>")).toEqual([
      { kind: "principal", title: "stray<user>", subtitle: "SCRAM user on C1 · no tenant", href: "/clusters/c1" },
    ]);
  });

  it.each(["", "   ", "nothing like it", "(.*)+$"])("finds nothing for %j", async (q) => expect(await find(q)).toEqual([]));

  it("gives at most 20 of many, and the same ones each time", async () => {
    const many = contextOf([fleetOf({ tenants: Array.from({ length: 500 }, (_, index) => tenantOf(`many-${index}`)) })]);
    const first = (await search.run(many, { q: "many" })) as { hits: Hit[] };
    expect(first.hits).toHaveLength(20);
    expect(await search.run(many, { q: "many" })).toEqual(first);
  });

  describe("of a pasted text", () => {
    const line = "2026-11-23 11:58:02,123 WARN [Consumer clientId=x, groupId=y] Offset commit of partition acme.rocket-launches-3 failed";
    const owned = fleetOf({
      tenants: [tenantOf("acme", { name: "Acme Rockets", placements })],
      topics: [topicOf("acme.rocket-launches", { owner: { kind: "tenant", tenantId: "acme", by: "prefix" } })],
    });

    it("leads to the ticket of whom it names, at the time it names", async () => {
      const { hits } = (await search.run(contextOf([owned]), { q: line })) as { hits: Hit[] };
      expect(hits).toEqual([
        {
          kind: "ticket",
          title: "Ticket of Acme Rockets",
          subtitle: "by topic acme.rocket-launches · at 2026-11-23 11:43 UTC and after",
          href: "/tenants/acme/ticket?from=2026-11-23T11%3A43%3A02.123Z&to=2026-11-23T12%3A13%3A02.123Z",
        },
      ]);
    });

    it.each(["SASL error for User:acme-writer at broker", "principal=acme-writer"])("finds a principal in %j", async (q) => {
      const { hits } = (await search.run(contextOf([owned]), { q })) as { hits: Hit[] };
      expect(hits.map(({ href }) => href)).toEqual(["/tenants/acme/ticket"]);
    });

    it("leads nowhere when it names nobody", async () => expect(await find("connection to node 2 was lost at 11:58")).toEqual([]));
  });
});
