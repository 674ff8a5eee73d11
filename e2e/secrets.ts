import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sandboxDir } from "@/scripts/lib/layout.mjs";
import { NET } from "./oracle";

const SHORTEST = 12;

/** The passwords and keys of a sandbox that its console was given, by file. */
export function plantedSecrets(): Map<string, string> {
  const folder = sandboxDir(NET);
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const secrets = files
    .filter((file) => /\.(password|key)$/.test(file))
    .map((file): [string, string] => [file, secretIn(join(folder, file))]);
  return new Map(secrets.filter(([, secret]) => secret.length >= SHORTEST));
}

/** Of a key a line from its middle: a log would have its line breaks as something else. */
function secretIn(file: string): string {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines[Math.floor(lines.length / 2)] ?? "";
}
