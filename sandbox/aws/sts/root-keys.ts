import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "@/sandbox/kafka/topology";

export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Where the sandbox's AWS key lies, as an AWS credentials file with one profile. */
export const credentialsFile = (sandbox: Sandbox) => join(sandbox.dir, "secrets", "aws-credentials");

/** The one long-lived key of a sandbox; drawn when there is none yet. */
export function rootKeyOf(sandbox: Sandbox): AccessKey {
  mkdirSync(join(sandbox.dir, "secrets"), { recursive: true, mode: 0o700 });
  try {
    const text = `[default]\naws_access_key_id = ${keyId("AKIA")}\naws_secret_access_key = ${randomBytes(30).toString("base64url")}\n`;
    writeFileSync(credentialsFile(sandbox), text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const text = readFileSync(credentialsFile(sandbox), "utf8");
  const value = (name: string) => new RegExp(`^${name} = (.+)$`, "m").exec(text)?.[1] ?? "";
  return { accessKeyId: value("aws_access_key_id"), secretAccessKey: value("aws_secret_access_key") };
}

/** Twenty characters as AWS writes them: four that tell the kind, then base 32. */
export function keyId(kind: "AKIA" | "ASIA"): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return kind + Array.from(randomBytes(16), (byte) => alphabet[byte % 32]).join("");
}
