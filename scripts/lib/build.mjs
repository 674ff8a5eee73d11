import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { childEnv, NODE_BIN, REPOSITORY, STANDALONE } from "./layout.mjs";
import { must, Problem } from "./steps.mjs";

const FOLDERS = ["app", "components", "lib", "public"];
const STAMP = ".sources";

/**
 * A fingerprint of everything a build reads.
 * @param {string} [root]
 * @returns {string}
 */
export function sourcesHash(root = REPOSITORY) {
  const hash = createHash("sha256");
  const top = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|mjs|json)$/.test(entry.name) && entry.name !== "next-env.d.ts")
    .map((entry) => join(root, entry.name));
  for (const file of [...top, ...FOLDERS.flatMap((folder) => filesBelow(join(root, folder)))].sort()) {
    if (/\.test\.tsx?$/.test(file)) continue;
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Builds the server that runs by itself; does nothing when the last build is of the same sources. */
export async function build({ force = false } = {}) {
  // Below which path it is served is a part of the build.
  const sources = `${sourcesHash()} ${process.env.BASE_PATH ?? ""}`;
  const stamp = join(STANDALONE, STAMP);
  if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
  console.log("building");
  rmSync(stamp, { force: true });
  await must("The build", join(NODE_BIN, "next"), ["build"], { cwd: REPOSITORY, env: childEnv({ NODE_ENV: "production" }) });
  // Next leaves what browsers fetch to a CDN; this server serves it itself.
  cpSync(join(REPOSITORY, ".next", "static"), join(STANDALONE, ".next", "static"), { recursive: true });
  if (existsSync(join(REPOSITORY, "public"))) cpSync(join(REPOSITORY, "public"), join(STANDALONE, "public"), { recursive: true });
  writeFileSync(join(STANDALONE, "sbom.json"), billOfMaterials());
  writeFileSync(stamp, sources);
}

/**
 * The packages of the build, as CycloneDX. Made of what is declared without the tools: npm's own `--omit dev` leaves out whatever a tool
 * needs as well, such as React. What a package may use and a tool brings along is in it too.
 */
export function billOfMaterials() {
  const folder = mkdtempSync(join(tmpdir(), "sbom-"));
  try {
    const { devDependencies: _, ...declared } = readJson("package.json");
    const { packages, ...lock } = readJson("package-lock.json");
    const { devDependencies: _tools, ...root } = packages[""];
    const kept = Object.entries(packages).filter(([path, { dev }]) => path !== "" && dev !== true);
    writeFileSync(join(folder, "package.json"), JSON.stringify(declared));
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ ...lock, packages: { "": root, ...Object.fromEntries(kept) } }));
    return execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(join(REPOSITORY, file), "utf8"));

/**
 * Copies the built server, so that a later build does not pull the files from under a server that is running.
 * @param {string} target
 */
export function copyBuild(target) {
  const stamp = join(target, STAMP);
  if (!existsSync(join(STANDALONE, STAMP))) throw new Problem("There is no build yet: npm run build");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === readFileSync(join(STANDALONE, STAMP), "utf8")) return;
  rmSync(target, { recursive: true, force: true });
  cpSync(STANDALONE, `${target}.new`, { recursive: true, verbatimSymlinks: true });
  renameSync(`${target}.new`, target);
}
