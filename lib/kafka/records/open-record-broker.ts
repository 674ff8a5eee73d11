import Broker from "kafkajs/src/broker/index.js";
import loggers from "kafkajs/src/loggers/index.js";
import ConnectionPool from "kafkajs/src/network/connectionPool.js";
import createSocketFactory from "kafkajs/src/network/socketFactory.js";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { formatAddress } from "@/lib/kafka/address";
import { MECHANISMS } from "@/lib/kafka/auth/mechanism";
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

/** Connects nothing yet. After a failure the next exchange connects anew. */
export function openRecordBroker(
  connection: ResolvedConnection,
  address: { host: string; port: number },
  deadlineMs: number,
  clock: KafkaClock,
): RecordBroker {
  prepareKafkajs();
  const text = formatAddress(address);
  const signIn = recordSignIn(connection, address.host);
  const target = { address: text, mechanism: MECHANISMS[connection.authentication.kind], tls: signIn.ssl !== null };
  const pool = new ConnectionPool({
    ...address,
    ...signIn,
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
  const ask = <T>(exchange: (broker: Broker) => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(deadlineMs, () => {
        close();
        reject(silence(text));
      });
      const run = async () => exchange(broker);
      broker
        .connect()
        .then(run)
        .then(resolve, (error: unknown) => reject(isProtocolError(error) ? error : failureOf(error, target)))
        .finally(cancel);
    });
  return { ask, close };
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
