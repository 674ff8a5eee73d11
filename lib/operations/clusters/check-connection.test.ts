import { expect, test } from "vitest";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, snapshotOf } from "@/lib/operations/testing/fleet";
import { checkConnection } from "./check-connection";

const fleets = [fleetOf({ clusters: [snapshotOf("c1")] })];
const problem = { code: "unreachable" as const, operation: "Connect", message: "The name b-2.example is not known here." };

test("says of each address what stood in the way", async () => {
  const addresses = [
    { address: "b-1.example:9096", tookMs: 12 },
    { address: "b-2.example:9096", tookMs: 3, problem },
  ];
  const value = { signedIn: true, kafkaClusterId: "k", brokers: [], tookMs: 15, addresses };
  const context = contextOf(fleets, { checkConnection: async () => ({ value, problems: [problem] }) });
  expect(await checkConnection.run(context, { clusterId: "c1" })).toEqual({ at: AT, signedIn: true, addresses });
});

test("is refused where the connection names no address, and where there is no such cluster", async () => {
  const context = contextOf(fleets);
  const away = { ...context, connection: (id: string) => ({ ...context.connection(id), bootstrap: [] }) };
  await expect(checkConnection.run(away, { clusterId: "c1" })).rejects.toMatchObject({ code: "invalid" });
  await expect(checkConnection.run(context, { clusterId: "c9" })).rejects.toMatchObject({ code: "not_found" });
});
