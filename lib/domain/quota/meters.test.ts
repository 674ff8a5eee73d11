import { expect, test } from "vitest";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import { indexMeters, meteredBrokers } from "./meters";

const meters = (at: string): BrokerMeters => ({ at, clients: [], topics: new Map(), broker: {} });
const NOW = Date.parse("2026-11-23T10:10:00.000Z");

function cluster(alive: number[] | null, read: [number, string][]): Pick<ClusterSnapshot, "meters" | "metadata" | "parts" | "cloud"> {
  const part = { at: null, intervalMs: 60_000, problems: [] };
  const parts = {
    metadata: part,
    offsets: part,
    starts: part,
    logs: part,
    exporter: part,
    quotas: part,
    acls: part,
    scram: part,
    configs: part,
    msk: part,
    cloudwatch: part,
  };
  const brokers = alive?.map((id) => ({ id, host: "h", port: 1, rack: null }));
  return {
    parts,
    metadata: brokers === undefined ? null : { kafkaClusterId: "k", controllerId: null, brokers, topics: new Map() },
    meters: new Map(read.map(([id, time]) => [id, meters(`2026-11-23T10:${time}.000Z`)])),
    cloud: null,
  };
}

test.each([
  [
    "all of them",
    [1, 2],
    [
      [1, "09:30"],
      [2, "09:40"],
    ],
    [1, 2],
    [],
    "09:30",
  ],
  ["one was never read", [1, 2], [[1, "09:30"]], [1], [2], "09:30"],
  [
    "one is older than three readings",
    [1, 2],
    [
      [1, "06:59"],
      [2, "09:40"],
    ],
    [2],
    [1],
    "09:40",
  ],
  [
    "one is gone: its meters are not of now",
    [2],
    [
      [1, "09:50"],
      [2, "09:40"],
    ],
    [2],
    [],
    "09:40",
  ],
  ["the cluster never answered", null, [[1, "09:30"]], [1], [], "09:30"],
  ["none", [1], [], [], [1], null],
] as const)("%s", (_, alive, read, fresh, missing, at) => {
  const brokers = meteredBrokers(
    cluster(
      alive === null ? null : [...alive],
      read.map(([id, time]) => [id, time]),
    ),
    NOW,
  );
  expect([...brokers.fresh.keys()]).toEqual(fresh);
  expect(brokers.missing).toEqual(missing);
  expect(brokers.at).toBe(at === null ? null : `2026-11-23T10:${at}.000Z`);
});

test("sessions of one role are found together, client-ids only where no user is named", () => {
  const clients = [
    { user: "arn:aws:sts::1:assumed-role/app/a", produceBytesPerSecond: 1 },
    { user: "arn:aws:sts::1:assumed-role/app/b" },
    { user: "acme", clientId: "app" },
    { clientId: "app", consumeBytesPerSecond: 1 },
  ];
  const index = indexMeters(new Map([[1, { ...meters("x"), clients }]]));
  expect([...index.byPrincipal].map(([key, found]) => [key, found.length])).toEqual([
    ["role 1/app", 2],
    ["acme", 1],
  ]);
  expect(index.byClientId.get("app")).toHaveLength(1);
  expect([...index.publishing.produce, ...index.publishing.consume]).toEqual([1, 1]);
});
