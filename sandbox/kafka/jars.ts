import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { JARS } from "./topology";

const POM = join(import.meta.dirname, "pom.xml");
const run = promisify(execFile);

/**
 * Fills `.sandbox/jars` with Apache Kafka and what it needs, once for each version of the list in `pom.xml`.
 *
 * Fetched beside and renamed, so that neither a broken download nor two starts at once leave half a folder.
 */
export async function fetchJars(): Promise<void> {
  const wanted = readFileSync(POM, "utf8");
  const stamp = join(JARS, "pom.xml");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const beside = `${JARS}.${process.pid}`;
  mkdirSync(dirname(JARS), { recursive: true });
  rmSync(beside, { recursive: true, force: true });
  await run("mvn", [
    "-B",
    "-q",
    "-f",
    POM,
    "dependency:copy-dependencies",
    `-DoutputDirectory=${beside}`,
    "-Dmdep.useBaseVersion=true",
  ]).catch((error: { stdout?: string; message: string }) => {
    throw new Error(`Maven could not fetch Kafka's jars: ${error.stdout?.trim() || error.message}`);
  });
  writeFileSync(join(beside, "pom.xml"), wanted);
  rmSync(JARS, { recursive: true, force: true });
  renameSync(beside, JARS);
}
