import Broker from "kafkajs/src/broker/index.js";
import loggers from "kafkajs/src/loggers/index.js";
import ConnectionPool from "kafkajs/src/network/connectionPool.js";
import createSocketFactory from "kafkajs/src/network/socketFactory.js";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { formatAddress } from "@/lib/kafka/address";
import { MECHANISMS } from "@/lib/kafka/auth/mechanism";
import { readSignIn } from "@/lib/kafka/auth/sign-in";
import type { KafkaClock } from "@/lib/kafka/clock";
import { failureOf, silence } from "@/lib/kafka/problems/failure-of";
import { prepareKafkajs } from "./prepare-kafkajs";
import { recordSignIn } from "./record-sign-in";

export interface RecordBroker {
  /** Runs one exchange with the broker within the deadline. Rejects with a `KafkaFailure`, or kafkajs's protocol error. */
  ask<T>(exchange: (broker: Broker) => Promise<T>): Promise<T>;
  close(): void;
}

const silent = loggers.createLogger({ level: loggers.LEVELS.NOTHING, logCreator: () => () => {} });

interface Opened {
  broker: Broker;
  close: () => void;
  refused: () => void;
}

/** Connects nothing yet. After a failure the next exchange connects anew, and after a refused sign-in with secrets that are read anew. */
export function openRecordBroker(
  connection: ResolvedConnection,
  address: { host: string; port: number },
  deadlineMs: number,
  clock: KafkaClock,
): RecordBroker {
  prepareKafkajs();
  const text = formatAddress(address);
  const { kind } = connection.authentication;
  const target = { address: text, mechanism: MECHANISMS[kind], tls: connection.tls !== null || kind === "mtls" || kind === "iam" };
  let current: Opened | null = null;
  let opening: Promise<Opened> | null = null;
  const open = async (): Promise<Opened> => {
    try {
      current = await openPool(connection, address, deadlineMs);
      return current;
    } catch (error) {
      throw failureOf(error, target);
    } finally {
      opening = null;
    }
  };
  const ready = (): Promise<Opened> => {
    opening ??= open();
    return opening;
  };
  const failed = (error: unknown, one: Opened): unknown => {
    if (isProtocolError(error)) return error;
    const failure = failureOf(error, target);
    if (failure.code !== "authentication") return failure;
    one.refused();
    one.close();
    if (current === one) current = null;
    return failure;
  };
  const ask = async <T>(exchange: (broker: Broker) => Promise<T>): Promise<T> => {
    const one = current ?? (await ready());
    return new Promise((resolve, reject) => {
      const cancel = clock.after(deadlineMs, () => {
        one.close();
        reject(silence(text));
      });
      one.broker
        .connect()
        .then(async () => exchange(one.broker))
        .then(resolve, (error: unknown) => reject(failed(error, one)))
        .finally(cancel);
    });
  };
  return { ask, close: () => current?.close() };
}

async function openPool(connection: ResolvedConnection, address: { host: string; port: number }, deadlineMs: number): Promise<Opened> {
  const { signIn, refused } = await readSignIn(connection);
  const pool = new ConnectionPool({
    ...address,
    ...recordSignIn(signIn, address.host),
    clientId: "tenant-console",
    socketFactory: createSocketFactory(),
    connectionTimeout: deadlineMs,
    requestTimeout: deadlineMs,
    enforceRequestTimeout: true,
    maxInFlightRequests: 5,
    reauthenticationThreshold: 10_000,
    logger: silent,
  });
  const broker = new Broker({ connectionPool: pool, logger: silent, allowAutoTopicCreation: false, authenticationTimeout: deadlineMs });
  const close = () => {
    for (const { socket, requestQueue } of pool.pool) {
      requestQueue.destroy();
      socket?.destroy();
    }
  };
  return { broker, close, refused };
}

/** An error code that the broker answered to the exchange itself, with Kafka's number. */
export interface ProtocolError extends Error {
  type: string;
  code: number;
}

const SIGN_IN_ERRORS = ["UNSUPPORTED_SASL_MECHANISM", "ILLEGAL_SASL_STATE", "SASL_AUTHENTICATION_FAILED"];

export function isProtocolError(error: unknown): error is ProtocolError {
  if (!(error instanceof Error) || !("type" in error) || !("code" in error)) return false;
  return typeof error.type === "string" && typeof error.code === "number" && !SIGN_IN_ERRORS.includes(error.type);
}
