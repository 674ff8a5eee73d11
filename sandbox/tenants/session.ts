import "./quiet-request-queue";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { caFile } from "@/sandbox/kafka/certificates";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { bootstrap, clusterOf, type Sandbox } from "@/sandbox/kafka/topology";
import type { Actor } from "./plan";

const RETRY_AFTER_MS = 5_000;

/** A sandbox and the signal that ends the run. */
export interface Session {
  sandbox: Sandbox;
  signal: AbortSignal;
}

/** How to reach an actor's cluster as the actor. */
interface SignIn {
  clientId: string;
  brokers: string[];
  ca: string;
  username: string;
  password: string;
}

export function signInOf(sandbox: Sandbox, actor: Actor): SignIn {
  return {
    clientId: actor.clientId,
    brokers: bootstrap(clusterOf(sandbox, actor.cluster), "sasl"),
    ca: readFileSync(caFile(sandbox), "utf8"),
    username: actor.principal,
    password: passwordOf(sandbox, actor.principal),
  };
}

export function kafkaOf(sandbox: Sandbox, actor: Actor): Kafka {
  const { clientId, brokers, ca, username, password } = signInOf(sandbox, actor);
  return new Kafka({
    clientId,
    brokers,
    ssl: { ca: [ca] },
    sasl: { mechanism: "scram-sha-512", username, password },
    connectionTimeout: 10_000,
    authenticationTimeout: 10_000,
    requestTimeout: 30_000,
    retry: { retries: 2, initialRetryTime: 500, maxRetryTime: 2_000 },
    logLevel: logLevel.NOTHING,
  });
}

/** Waits, or returns at once when the run ends. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** Does the work again after each failure, until it returns or the run ends. Says when it fails and when it is back, once each. */
export async function keepTrying(name: string, { signal }: Session, work: (healthy: () => void) => Promise<void>): Promise<void> {
  let failing = false;
  const healthy = () => {
    if (failing) console.log(`${name}: back`);
    failing = false;
  };
  while (!signal.aborted) {
    try {
      await work(healthy);
      return;
    } catch (error) {
      if (!failing && !signal.aborted) console.log(`${name}: ${error instanceof Error ? error.message : String(error)}; trying again`);
      failing = true;
      await pause(RETRY_AFTER_MS, signal);
    }
  }
}
