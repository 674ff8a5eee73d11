/** The parts inside kafkajs 2.2.4 that reading without a consumer group needs. The package is frozen, so they stay as they are. */

declare module "kafkajs/src/loggers/index.js" {
  const loggers: { createLogger(options: { level: number; logCreator: () => () => void }): object; LEVELS: { NOTHING: number } };

  export = loggers;
}

declare module "kafkajs/src/network/socketFactory.js" {
  import type { ISocketFactory } from "kafkajs";

  function createSocketFactory(): ISocketFactory;

  export = createSocketFactory;
}

declare module "kafkajs/src/network/requestQueue/index.js" {
  class RequestQueue {
    pending: unknown[];
    throttledUntil: number;
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
    destroy(): void;
  }

  export = RequestQueue;
}

declare module "kafkajs/src/network/connectionPool.js" {
  import type { Socket } from "node:net";
  import type { ISocketFactory, SASLOptions } from "kafkajs";
  import type RequestQueue from "kafkajs/src/network/requestQueue/index.js";

  class ConnectionPool {
    constructor(options: {
      host: string;
      port: number;
      ssl: object | null;
      sasl: SASLOptions | null;
      clientId: string;
      socketFactory: ISocketFactory;
      connectionTimeout: number;
      requestTimeout: number;
      enforceRequestTimeout: boolean;
      maxInFlightRequests: number;
      reauthenticationThreshold: number;
      logger: object;
    });
    pool: { socket?: Socket; requestQueue: RequestQueue; rejectRequests(error: Error): void }[];
  }

  export = ConnectionPool;
}

declare module "kafkajs/src/protocol/decoder.js" {
  namespace Decoder {
    interface WireHeader {
      key: string;
      value: Buffer | null;
    }
  }

  /** Reads arrays of this kind for the headers of records alone. */
  class Decoder {
    constructor(bytes: Buffer);
    readVarIntArray(reader: (decoder: Decoder) => Decoder.WireHeader): Decoder.WireHeader[];
  }

  export = Decoder;
}

declare module "kafkajs/src/protocol/requests/index.js" {
  interface RequestDefinition {
    versions: string[];
    protocol: (options: {
      version: number;
    }) => (args: object) => { request: unknown; response: { parse: (decoded: unknown) => Promise<unknown> } };
  }
  const requests: { requests: { Metadata: RequestDefinition } & Record<string, RequestDefinition> };

  export = requests;
}

declare module "kafkajs/src/broker/index.js" {
  import type ConnectionPool from "kafkajs/src/network/connectionPool.js";

  namespace Broker {
    interface WireMetadata {
      brokers: { nodeId: number; host: string; port: number; rack: string | null }[];
      clusterId: string | null;
      topicMetadata: {
        topicErrorCode: number;
        topic: string;
        partitionMetadata: { partitionErrorCode: number; partitionId: number; leader: number }[];
      }[];
    }

    interface WireRecord {
      offset: string;
      timestamp: string;
      key: Buffer | null;
      value: Buffer | null;
      headers?: Record<string, Buffer | null | (Buffer | null)[]>;
      isControlRecord?: boolean;
      batchContext?: { firstOffset: string; producerId: string; inTransaction: boolean; lastOffsetDelta: number };
    }

    interface WirePartition {
      partition: number;
      errorCode: number;
      highWatermark: string;
      lastStableOffset?: string;
      lastStartOffset?: string;
      abortedTransactions?: { producerId: string; firstOffset: string }[];
      messages: WireRecord[];
    }
  }

  class Broker {
    constructor(options: {
      connectionPool: ConnectionPool;
      logger: object;
      allowAutoTopicCreation: boolean;
      authenticationTimeout: number;
    });
    connect(): Promise<void>;
    metadata(topics: string[]): Promise<Broker.WireMetadata>;
    fetch(options: {
      isolationLevel: 0 | 1;
      maxWaitTime: number;
      minBytes: number;
      maxBytes: number;
      topics: { topic: string; partitions: { partition: number; fetchOffset: string; maxBytes: number }[] }[];
    }): Promise<{ responses: { topicName: string; partitions: Broker.WirePartition[] }[] }>;
  }

  export = Broker;
}
