import { expect, test } from "vitest";
import type { QuotaEntity, QuotaRuleFact } from "@/lib/domain/facts";
import { indexOwners } from "@/lib/domain/owner";
import { Tenant } from "@/lib/domain/tenant";
import { indexQuotas } from "./effective";
import { entityWords, tenantsOfRule } from "./rule-reach";

const on = (id: string, placement: object): Tenant =>
  Tenant.parse({ id, name: id, tier: "gold", placements: [{ cluster: "c1", model: "bridge", ...placement }] });
const scram = (name: string) => [{ kind: "scram", name }];

const tenants = [
  on("acme", { principals: scram("acme") }),
  on("bolt", { principals: scram("bolt"), clientIds: ["bolt-app"] }),
  on("cobalt", { clientIds: ["cobalt-app"] }),
  on("away", { cluster: "c2", principals: scram("away") }),
];
const owners = indexOwners({ tenants, services: [] });
const rule = (entity: QuotaEntity): QuotaRuleFact => ({ entity, values: { producer_byte_rate: 1 } });

test.each([
  ["a user's own rule", [{ user: "acme" }], ["acme"], [], false],
  ["a default-user rule misses who has a rule of his own", [{ user: null }, { user: "bolt" }], ["acme"], ["bolt"], true],
  ["a client-id rule under a user rule falls on nobody", [{ clientId: "bolt-app" }, { user: "bolt" }], [], ["bolt"], false],
  ["a client-id rule without one does", [{ clientId: "cobalt-app" }, { user: "bolt" }], ["cobalt"], [], false],
  ["a default client-id rule", [{ clientId: null }, { user: "bolt" }], ["acme", "cobalt"], ["bolt"], true],
  ["a rule on a name nobody declares", [{ user: "measure-everybody" }], [], [], false],
] as const)("%s", (_, entities, inForce, shadowed, everybody) => {
  const [first, ...others] = entities.map(rule);
  if (first === undefined) throw new Error("no rule");
  expect(tenantsOfRule(first, indexQuotas([first, ...others]), "c1", tenants, owners)).toMatchObject({ inForce, shadowed, everybody });
});

test("the named owner is told, also of another cluster's tenant only there", () => {
  const index = indexQuotas([rule({ user: "away" })]);
  expect(tenantsOfRule(rule({ user: "away" }), index, "c1", tenants, owners).named?.owner.kind).toBe("unowned");
  expect(tenantsOfRule(rule({ user: "away" }), index, "c2", tenants, owners)).toMatchObject({ inForce: ["away"] });
});

test.each([
  [{ user: "a", clientId: null }, "user a, default client-id"],
  [{ ip: "10.0.0.1" }, "address 10.0.0.1"],
  [{ ip: null }, "default address"],
])("%j is %s", (entity, words) => expect(entityWords(rule(entity))).toBe(words));
