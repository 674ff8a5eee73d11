import { AuthenticationError, NetworkError, ProtocolError, ResponseError, UserError } from "@platformatic/kafka";
import { describe, expect, it } from "vitest";
import { KafkaFailure } from "./failure";
import { failureOf, type Target } from "./failure-of";

const target: Target = { address: "b-1.example:9096", mechanism: "SCRAM-SHA-512", tls: true };

function nodeError(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

function reached(cause: Error): Error {
  return new NetworkError("Connection to b-1.example:9096 failed.", { cause });
}

function refusedBy(errorCode: number, sentence: string | null): Error {
  const answer = new ResponseError(36, 2, { "/": [errorCode, sentence] }, { mechanisms: ["SCRAM-SHA-512"] });
  return reached(new AuthenticationError("SASL authentication failed.", { cause: answer }));
}

describe("why a broker did not answer", () => {
  it.each([
    ["the name", reached(nodeError("ENOTFOUND")), "unreachable", /does not resolve/],
    ["a closed port", reached(nodeError("ECONNREFUSED")), "unreachable", /nothing listens there/],
    ["silence", reached(nodeError("ETIMEDOUT")), "timeout", /did not answer in time/],
    ["an unknown authority", reached(nodeError("SELF_SIGNED_CERT_IN_CHAIN")), "unreachable", /unknown authority/],
    ["another name in the certificate", reached(nodeError("ERR_TLS_CERT_ALTNAME_INVALID")), "unreachable", /another name/],
    ["an expired certificate", reached(nodeError("CERT_HAS_EXPIRED")), "unreachable", /not valid now/],
    [
      "a refused client certificate",
      reached(nodeError("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED")),
      "authentication",
      /client certificate/,
    ],
    ["a port without TLS", reached(nodeError("EPROTO", "wrong version number")), "unreachable", /does not speak TLS/],
    ["a port with TLS", new UserError("Broker requires TLS."), "unreachable", /expects TLS/],
    ["a wrong password", refusedBy(58, "Authentication failed: invalid credentials"), "authentication", /invalid credentials/],
    ["another mechanism", refusedBy(33, null), "authentication", /does not accept SCRAM-SHA-512/],
    ["an ended connection", new NetworkError("Connection closed"), "unreachable", /closed the connection/],
  ] as const)("is %s", (_what, error, code, message) => {
    const failure = failureOf(error, target);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.message).toContain("b-1.example:9096");
  });

  it("tells what the broker accepts instead", () => {
    expect(failureOf(refusedBy(33, null), target).remedy).toBe("Use one of: SCRAM-SHA-512.");
  });

  it("does not take a connection that ended during sign-in for a refused password", () => {
    const error = reached(
      new AuthenticationError("Cannot find a suitable SASL mechanism.", { cause: new NetworkError("Connection closed") }),
    );
    expect(failureOf(error, { ...target, tls: false })).toMatchObject({ code: "unreachable", remedy: expect.stringContaining("TLS") });
  });

  it("hands on a failure of our own, however deep it lies", () => {
    const ours = new KafkaFailure("authentication", "No IAM token");
    expect(failureOf(reached(new AuthenticationError("The token provider threw an error.", { cause: ours })), target)).toBe(ours);
  });

  it.each([
    ["kafkajs refused", { name: "KafkaJSSASLAuthenticationError", message: "SASL SCRAM SHA512 authentication failed" }, "authentication"],
    ["kafkajs silent", { name: "KafkaJSConnectionError", message: "Connection timeout" }, "timeout"],
    ["kafkajs closed", { name: "KafkaJSConnectionClosedError", message: "Closed connection" }, "unreachable"],
  ])("reads %s", (_what, fields, code) => {
    expect(failureOf(Object.assign(new Error(fields.message), { name: fields.name }), target).code).toBe(code);
  });

  it("never shows what it was given to sign in with", () => {
    const error = new ProtocolError(58, "refused", { password: "hunter2" });
    expect(failureOf(reached(error), target).message).not.toContain("hunter2");
  });
});
