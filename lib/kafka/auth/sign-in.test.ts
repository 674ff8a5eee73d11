import { describe, expect, it } from "vitest";
import type { Problem } from "@/lib/domain/facts";
import type { HeldSecret } from "@/lib/domain/secret";
import { adminSignIn, refuseTokenError } from "@/lib/kafka/admin/link/admin-sign-in";
import { recordSignIn } from "@/lib/kafka/records/record-sign-in";
import { readSignIn, type SignIn } from "./sign-in";

const connection = (authentication: SignIn["authentication"], tls: SignIn["tls"]): SignIn => ({ authentication, tls });

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

describe("secrets of a sign-in", () => {
  /** Reads these values in turn, and keeps what it was told was refused. */
  function held(...values: (string | Problem)[]): HeldSecret & { told: string[] } {
    const told: string[] = [];
    const read: HeldSecret["read"] = async () => {
      const value = values.length > 1 ? values.shift() : values[0];
      return typeof value === "string" ? { ok: true, value } : { ok: false, problem: value as Problem };
    };
    return { name: "AmazonMSK_console", read, refused: (value) => void told.push(value), told };
  }
  const kind = "scram-sha-512" as const;

  it("in hand stay as they are", async () => {
    const mine = connection({ kind, username: "console", password: "secret" }, { ca: "PEM", serverName: "kafka.example" });
    const { signIn, refused } = await readSignIn(mine);
    expect(signIn).toEqual(mine);
    refused();
  });

  it("that are held are read anew for each sign-in: name, password, certificate, key and authority", async () => {
    const scram = {
      authentication: { kind, username: held("console", "console_clone"), password: held("one", "two") },
      tls: { ca: held("PEM") },
    };
    expect((await readSignIn(scram)).signIn).toEqual(connection({ kind, username: "console", password: "one" }, { ca: "PEM" }));
    expect((await readSignIn(scram)).signIn).toEqual(connection({ kind, username: "console_clone", password: "two" }, { ca: "PEM" }));
    const mtls = { authentication: { kind: "mtls" as const, certificate: held("CERT"), key: held("KEY") }, tls: null };
    expect((await readSignIn(mtls)).signIn).toEqual(connection({ kind: "mtls", certificate: "CERT", key: "KEY" }, null));
  });

  it("hear of a refusal with what was sent", async () => {
    const password = held("one", "two");
    const first = await readSignIn({ authentication: { kind, username: "console", password }, tls: null });
    await readSignIn({ authentication: { kind, username: "console", password }, tls: null });
    first.refused();
    expect(password.told).toEqual(["one"]);
  });

  it("that cannot be had end it with their own words and remedy", async () => {
    const problem: Problem = {
      code: "forbidden",
      operation: "GetSecretValue",
      message: "The secret s cannot be used.",
      remedy: "Allow it.",
    };
    const lacking = readSignIn({ authentication: { kind, username: "console", password: held(problem) }, tls: null });
    await expect(lacking).rejects.toMatchObject({
      name: "KafkaFailure",
      code: "authentication",
      message: problem.message,
      remedy: "Allow it.",
    });
  });
});
