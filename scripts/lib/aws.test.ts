import { rmSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { credentialsFile, rootKeyOf } from "@/sandbox/aws/sts/root-keys";
import { sandboxOf } from "@/sandbox/kafka/topology";
import { awsSettings } from "./aws.mjs";

const sandbox = sandboxOf("127.255.254");
afterEach(() => rmSync(sandbox.dir, { recursive: true, force: true }));

it("gives the console the sandbox's own key and endpoints, and nothing of the terminal's", () => {
  const { accessKeyId, secretAccessKey } = rootKeyOf(sandbox);
  const url = "http://127.255.254.9:4566";
  expect(awsSettings(sandbox.net)).toEqual({
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_KAFKA: url,
    AWS_ENDPOINT_URL_CLOUDWATCH: url,
    AWS_ENDPOINT_URL_KMS: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_REGION: "us-east-1",
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
  });
  expect(rootKeyOf(sandbox)).toEqual({ accessKeyId, secretAccessKey });
});

it("says what to do when the AWS side was never started", () => {
  expect(credentialsFile(sandbox)).toContain("127.255.254");
  expect(() => awsSettings(sandbox.net)).toThrow("npm run sandbox");
});
