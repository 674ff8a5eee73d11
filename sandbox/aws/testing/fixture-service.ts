import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AwsOptions, AwsService } from "@/sandbox/aws/start-aws";
import { startAws } from "@/sandbox/aws/start-aws";
import type { Sandbox } from "@/sandbox/kafka/topology";

export interface FixtureService extends AwsService {
  sandbox: Sandbox;
}

/** The service on a free port with fixtures only: no brokers, nothing kept. */
export async function startFixtureService(options: Omit<AwsOptions, "sandbox" | "port" | "brokers">): Promise<FixtureService> {
  const dir = mkdtempSync(join(tmpdir(), "sandbox-aws-"));
  const sandbox: Sandbox = { net: "127.0.0", dir, clusters: [] };
  const service = await startAws({ ...options, sandbox, port: 0, brokers: false });
  return {
    ...service,
    sandbox,
    stop: async () => {
      await service.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Knocks at a service's door. */
export async function knock(service: AwsService, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${service.url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const value = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(value));
  return value;
}
