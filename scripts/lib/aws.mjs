import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { childEnv, NODE, REPOSITORY, sandboxDir } from "./layout.mjs";
import { assertPortFree } from "./ports.mjs";
import { runningPid, signalGroup, startDetached, stopByPidFile } from "./processes.mjs";
import { Problem } from "./steps.mjs";

const SERVICE = "sandbox/aws/run.ts";
const PORT = 4566;
const REGION = "us-east-1";
const START_TIMEOUT_MS = 60_000;
const GRACE_MS = 5_000;

/** @param {string} net */
const awsProcess = (net) => ({ pidFile: join(sandboxDir(net), "aws.pid"), marker: SERVICE });
/** @param {string} net */
const awsHost = (net) => `${net}.9`;
/** @param {string} net */
const awsUrl = (net) => `http://${awsHost(net)}:${PORT}`;

/** @param {string} net */
export const awsLog = (net) => join(sandboxDir(net), "aws.log");

/**
 * Starts the AWS side of a sandbox whose brokers have been started, and waits until it answers.
 * @param {string} net
 * @param {{ stepSeconds?: number, refreshMs?: number }} [pace] how long its minutes are and how old what it says of topics; AWS's by default
 */
export async function startAws(net, { stepSeconds = 60, refreshMs = 60_000 } = {}) {
  await stopAws(net);
  await assertPortFree(awsHost(net), PORT).catch((error) => {
    throw new Problem(`${error.message}. End that, or choose another sandbox: SANDBOX_NET=127.0.7`);
  });
  const child = startDetached({
    command: NODE,
    args: ["--import", "tsx", SERVICE],
    cwd: REPOSITORY,
    env: childEnv({
      SANDBOX_NET: net,
      SANDBOX_AWS_STEP_SECONDS: String(stepSeconds),
      SANDBOX_AWS_REFRESH_MS: String(refreshMs),
    }),
    logFile: awsLog(net),
    pidFile: awsProcess(net).pidFile,
  });
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await answers(net))) {
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadline)
      throw new Problem(`The sandbox's AWS side did not start; its log: ${awsLog(net)}`);
    await delay(100);
  }
  return child;
}

/** @param {string} net */
async function answers(net) {
  try {
    const response = await fetch(`${awsUrl(net)}/_door`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** @param {string} net */
export const stopAws = (net) => stopByPidFile({ ...awsProcess(net), graceMs: GRACE_MS });

/** @param {string} net */
export function killAwsNow(net) {
  const { pidFile, marker } = awsProcess(net);
  const pid = runningPid(pidFile, marker);
  if (pid !== null) signalGroup(pid, "SIGKILL");
}

/**
 * The variables with which AWS's SDKs speak to a sandbox. What the terminal's own environment says of AWS is left out.
 * @param {string} net
 * @returns {Record<string, string | undefined>}
 */
export function awsSettings(net) {
  const url = awsUrl(net);
  return {
    ...accessKey(join(sandboxDir(net), "secrets", "aws-credentials")),
    AWS_ENDPOINT_URL_KAFKA: url,
    AWS_ENDPOINT_URL_CLOUDWATCH: url,
    AWS_ENDPOINT_URL_KMS: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_REGION: REGION,
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
  };
}

/** @param {string} file an AWS credentials file with one profile */
function accessKey(file) {
  if (!existsSync(file)) throw new Problem("The sandbox's AWS side has not been started yet. In another terminal: npm run sandbox");
  const text = readFileSync(file, "utf8");
  /** @param {string} name */
  const value = (name) => new RegExp(`^${name} = (.+)$`, "m").exec(text)?.[1];
  return { AWS_ACCESS_KEY_ID: value("aws_access_key_id"), AWS_SECRET_ACCESS_KEY: value("aws_secret_access_key") };
}
