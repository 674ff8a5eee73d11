import { describe, expect, it } from "vitest";
import type { WireRequest } from "./request";
import { isSignedWith, readSignature } from "./sigv4";

/** The case `get-vanilla` of AWS's own test suite for Signature Version 4. */
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const VANILLA: WireRequest = {
  method: "GET",
  path: "/",
  query: "",
  headers: {
    host: "example.amazonaws.com",
    "x-amz-date": "20150830T123600Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, " +
      "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  },
  body: Buffer.alloc(0),
};

function isAccepted(request: WireRequest, secret = SECRET): boolean {
  const by = readSignature(request);
  return by !== null && isSignedWith(secret, by, request);
}

describe("Signature Version 4", () => {
  it("accepts AWS's own example", () => {
    expect(readSignature(VANILLA)).toMatchObject({
      accessKeyId: "AKIDEXAMPLE",
      region: "us-east-1",
      service: "service",
      sessionToken: null,
    });
    expect(isAccepted(VANILLA)).toBe(true);
  });

  it("refuses another key, method, path, query, body or host", () => {
    expect(isAccepted(VANILLA, "another")).toBe(false);
    for (const change of [
      { method: "POST" },
      { path: "/a" },
      { query: "a=b" },
      { body: Buffer.from("x") },
      { headers: { ...VANILLA.headers, host: "other" } },
    ])
      expect(isAccepted({ ...VANILLA, ...change })).toBe(false);
  });

  it("refuses a header of AWS's that the signature does not cover", () => {
    expect(isAccepted({ ...VANILLA, headers: { ...VANILLA.headers, "x-amz-target": "Other" } })).toBe(false);
  });

  it("reads nothing from an authorization that is none of its own", () => {
    for (const authorization of ["", "Basic abc", "AWS4-HMAC-SHA256 Credential=a/b"])
      expect(readSignature({ ...VANILLA, headers: { ...VANILLA.headers, authorization } })).toBeNull();
  });
});
