import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { howToInstall, systemOf } from "./how-to-install.mjs";
import { REPOSITORY } from "./layout.mjs";
import { postgresBin } from "./postgres.mjs";
import { must, Problem } from "./steps.mjs";

const OS_RELEASE = "/etc/os-release";

/** @typedef {import("./how-to-install.mjs").ToolName} ToolName */

/**
 * What the machine must have besides Node, and how to see it.
 * @type {Record<ToolName, { why: string, present: () => boolean }>}
 */
const TOOLS = {
  java: { why: "Java 17 or newer runs Kafka", present: () => javaVersion() >= 17 },
  maven: { why: "Maven fetches Kafka's jars", present: () => answers("mvn", "-v") },
  openssl: { why: "OpenSSL makes the brokers' certificates", present: () => answers("openssl", "version") },
  chromium: { why: "Chromium runs the browser journeys", present: () => chromiumPath() !== null },
  postgresql: { why: "PostgreSQL is the second store under test", present: () => postgresBin() !== null },
};

/**
 * What the sandbox needs.
 * @type {ToolName[]}
 */
export const SANDBOX_TOOLS = ["java", "maven", "openssl"];

/**
 * What the tests need besides.
 * @type {ToolName[]}
 */
export const TEST_TOOLS = [...SANDBOX_TOOLS, "chromium", "postgresql"];

/**
 * Installs the machine's tools that are missing: through apt on Debian and Ubuntu as root, else says what to type and stops.
 * @param {ToolName[]} names
 */
export async function installTools(names) {
  if (process.platform !== "linux" && names.length > 0) {
    throw new Problem("The sandbox gives every broker a loopback address of its own (127.0.1.1 …), which needs Linux.");
  }
  const missing = toolsMissing(names);
  if (missing.length === 0) return;
  const system = systemOf(existsSync(OS_RELEASE) ? readFileSync(OS_RELEASE, "utf8") : "");
  if (!system?.apt || process.getuid?.() !== 0) throw new Problem(howToInstall(missing, system));
  const packages = missing.map(({ name }) => system.packages[name]);
  console.log(`installing ${packages.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await must(`Reading ${system.name}'s package list`, "apt-get", ["update", "-qq"], { env });
  await must("Installing packages", "apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
  const still = toolsMissing(names);
  if (still.length > 0) throw new Problem(`Still missing after the installation:\n${howToInstall(still, system)}`);
}

/** @param {ToolName[]} names */
function toolsMissing(names) {
  return names.filter((name) => !TOOLS[name].present()).map((name) => ({ name, why: TOOLS[name].why }));
}

/** Installs the npm packages of the lockfile when what lies in node_modules differs from it. */
export async function installPackages() {
  if (packagesAreInstalled()) return;
  console.log("installing npm packages");
  await must("Installing npm packages", "npm", ["ci", "--no-audit", "--no-fund"], { cwd: REPOSITORY });
}

function packagesAreInstalled() {
  const installed = packagesOf(join(REPOSITORY, "node_modules", ".package-lock.json"));
  const wanted = packagesOf(join(REPOSITORY, "package-lock.json"));
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer, link }]) => {
    if (path === "" || link) return true;
    const found = installed[path];
    // Binaries of other platforms are in the lockfile and rightly not here.
    return found === undefined ? Boolean(optional || devOptional || peer) : found.version === version;
  });
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }>}
 */
function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/** @returns {number} the major version, 0 without Java (or with one too old to know the option) */
function javaVersion() {
  try {
    const [, major = "0"] = /(\d+)/.exec(execFileSync("java", ["--version"], { encoding: "utf8" })) ?? [];
    return Number(major);
  } catch {
    return 0;
  }
}

/** The browser of the journeys. */
export function chromiumPath() {
  const candidates = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/**
 * @param {string} command
 * @param {string} argument
 */
function answers(command, argument) {
  try {
    execFileSync(command, [argument], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
