import { expect, test } from "vitest";
import { tenant } from "@/lib/domain/testing/cluster-fixture";
import { tenantPlaces } from "./tenant-places";

const scram = (...names: string[]) => names.map((name) => ({ kind: "scram", name }));
const pool = { model: "pool", record: { key: true } };

function places(...placements: object[]) {
  return tenantPlaces(tenant("acme", ...placements)).map(({ clusterId, own, pool: shared }) => [clusterId, names(own), names(shared)]);
}
const names = (identities: ReturnType<typeof tenantPlaces>[number]["own"]) =>
  identities === null ? null : [...identities.principals.map(({ name }) => name), ...identities.clientIds];

test.each<[string, object[], unknown]>([
  [
    "two streams on one cluster are one place",
    [{ principals: scram("a") }, { stream: "two", principals: scram("a", "b"), clientIds: ["app"] }],
    [["c1", ["a", "b", "app"], null]],
  ],
  [
    "two clusters are two",
    [{ principals: scram("a") }, { cluster: "c2", model: "silo" }],
    [
      ["c1", ["a"], null],
      ["c2", [], null],
    ],
  ],
  ["a pool without identities", [pool], [["c1", null, []]]],
  ["a part in a pool beside its own", [{ principals: scram("a") }, { ...pool, stream: "p" }], [["c1", ["a"], []]]],
  [
    "an identity used both ways is counted once, with its own",
    [{ principals: scram("a") }, { ...pool, stream: "p", principals: scram("a", "b") }],
    [["c1", ["a"], ["b"]]],
  ],
  [
    "a pool of which all identities are its own is counted with them",
    [{ principals: scram("a") }, { ...pool, stream: "p", principals: scram("a") }],
    [["c1", ["a"], null]],
  ],
])("%s", (_, placements, expected) => expect(places(...placements)).toEqual(expected));

test("two ways to write one IAM role are one principal", () => {
  const role = (name: string) => [{ kind: "iam-role", name }];
  const given = [{ principals: role("arn:aws:iam::1:role/x/app") }, { stream: "two", principals: role("arn:aws:sts::1:assumed-role/app") }];
  expect(tenantPlaces(tenant("acme", ...given))[0]?.own?.principals).toHaveLength(1);
});
