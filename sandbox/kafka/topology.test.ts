import { describe, expect, it } from "vitest";
import { serverProperties } from "./broker-config";
import { bootstrap, clusterOf, nodeOf, sandboxOf } from "./topology";

const sandbox = sandboxOf("127.0.9");
const shared = clusterOf(sandbox, "shared-1");
const silo = clusterOf(sandbox, "silo-umbra");

describe("a sandbox", () => {
  it("gives every broker an address of its own, so that all have MSK's ports", () => {
    expect([...bootstrap(shared, "sasl"), ...bootstrap(silo, "sasl")]).toEqual([
      "127.0.9.1:9096",
      "127.0.9.2:9096",
      "127.0.9.3:9096",
      "127.0.9.4:9096",
    ]);
  });

  it("stays on loopback", () => {
    for (const net of ["10.0.1", "0.0.0", "127.0.1.1", ""]) expect(() => sandboxOf(net)).toThrow("three octets of the loopback block");
  });

  it("names what there is when asked for what there is not", () => {
    expect(() => clusterOf(sandbox, "other")).toThrow("shared-1, silo-umbra");
    expect(() => nodeOf(silo, 2)).toThrow("no broker 2 in silo-umbra; there are 1");
  });
});

describe("a broker's configuration", () => {
  it("survives the death of one of three, and works alone in a silo", () => {
    const ofShared = serverProperties(sandbox, shared, nodeOf(shared, 2));
    expect(ofShared).toContain("controller.quorum.voters=1@127.0.9.1:9093,2@127.0.9.2:9093,3@127.0.9.3:9093");
    expect(ofShared).toContain("offsets.topic.replication.factor=3");
    expect(ofShared).toContain("min.insync.replicas=2");
    const ofSilo = serverProperties(sandbox, silo, nodeOf(silo, 1));
    expect(ofSilo).toContain("share.coordinator.state.topic.replication.factor=1");
    expect(ofSilo).toContain("transaction.state.log.min.isr=1");
  });

  it("trusts without sign-in on the loopback listener only", () => {
    expect(serverProperties(sandbox, shared, nodeOf(shared, 1))).toMatch(/^listeners=.*INTERNAL:\/\/127\.0\.9\.1:9092/m);
  });
});
