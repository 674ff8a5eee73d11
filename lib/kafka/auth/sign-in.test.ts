import { describe, expect, it } from "vitest";
import type { ResolvedAuthentication, ResolvedConnection } from "@/lib/domain/connection";
import { adminSignIn, refuseTokenError } from "@/lib/kafka/admin/link/admin-sign-in";
import { recordSignIn } from "@/lib/kafka/records/record-sign-in";

function connection(authentication: ResolvedAuthentication, tls: ResolvedConnection["tls"]): ResolvedConnection {
  return { id: "c", name: "c", mode: "observe", bootstrap: [], authentication, tls, exporter: null, msk: null };
}

describe("signing in", () => {
  it.each(["plain", "scram-sha-256", "scram-sha-512"] as const)("%s is the same for both clients", (kind) => {
    const mine = connection({ kind, username: "console", password: "secret" }, null);
    expect(adminSignIn(mine, "b-1.example")).toEqual({ sasl: { mechanism: kind.toUpperCase(), username: "console", password: "secret" } });
    expect(recordSignIn(mine, "b-1.example")).toEqual({ ssl: null, sasl: { mechanism: kind, username: "console", password: "secret" } });
  });

  it("sends the broker's name with TLS, and trusts the authority given", () => {
    const mine = connection({ kind: "none" }, { ca: "PEM" });
    expect(adminSignIn(mine, "b-1.example")).toEqual({ tls: { ca: "PEM", servername: "b-1.example" }, tlsServerName: "b-1.example" });
    expect(recordSignIn(mine, "b-1.example")).toEqual({ ssl: { ca: "PEM", servername: "b-1.example" }, sasl: null });
  });

  it.each(["127.0.1.1", "::1"])("sends no name for the address %s, which cannot be one", (host) => {
    expect(adminSignIn(connection({ kind: "none" }, {}), host)).toEqual({ tls: {} });
  });

  it("sends the name that the connection sets, whatever the host", () => {
    const mine = connection({ kind: "none" }, { serverName: "kafka.example" });
    expect(adminSignIn(mine, "127.0.1.1")).toEqual({ tls: { servername: "kafka.example" }, tlsServerName: "kafka.example" });
  });

  it("uses the certificate, and TLS with it", () => {
    const mine = connection({ kind: "mtls", certificate: "CERT", key: "KEY" }, null);
    expect(adminSignIn(mine, "b-1.example")).toMatchObject({ tls: { cert: "CERT", key: "KEY" } });
    expect(adminSignIn(mine, "b-1.example").sasl).toBeUndefined();
  });

  it("takes a broker's JSON answer to a token for a refusal, and nothing for a welcome", () => {
    const answers: unknown[] = [];
    refuseTokenError(Buffer.alloc(0), (error) => void answers.push(error));
    refuseTokenError(Buffer.from('{"status":"invalid_token"}'), (error) => void answers.push(error));
    expect(answers).toMatchObject([null, { code: "authentication", message: expect.stringContaining("invalid_token") }]);
  });
});
