import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { REPOSITORY } from "@/sandbox/kafka/topology";

const run = promisify(execFile);
const VENV = join(REPOSITORY, ".sandbox", "python");

/** A Python that has boto3: the machine's own, or one in `.sandbox/python` into which pip installs it once. */
export async function pythonWithBoto3(): Promise<string> {
  const own = join(VENV, "bin", "python3");
  for (const candidate of ["python3", ...(existsSync(own) ? [own] : [])]) if (await hasBoto3(candidate)) return candidate;
  await run("python3", ["-m", "venv", VENV]);
  await run(own, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "boto3>=1.43,<2"]);
  return own;
}

async function hasBoto3(python: string): Promise<boolean> {
  return run(python, ["-c", "import boto3"]).then(
    () => true,
    () => false,
  );
}

/** Runs a Python file and reads the JSON that it prints. */
export async function runPython(file: string, env: Record<string, string>): Promise<unknown> {
  const { stdout } = await run(await pythonWithBoto3(), [file], { env: { ...process.env, ...env }, timeout: 120_000 });
  return JSON.parse(stdout);
}
