import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "./topology";

/** Where the password of a SCRAM user lies. */
export const passwordFile = (sandbox: Sandbox, user: string) => join(sandbox.dir, "secrets", `${encodeURIComponent(user)}.password`);

/** The password of a SCRAM user; drawn when it has none yet. */
export function passwordOf(sandbox: Sandbox, user: string): string {
  mkdirSync(join(sandbox.dir, "secrets"), { recursive: true, mode: 0o700 });
  const file = passwordFile(sandbox, user);
  try {
    writeFileSync(file, randomBytes(18).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}
