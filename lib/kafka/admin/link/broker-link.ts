import { formatAddress } from "@/lib/kafka/address";
import type { Operation } from "@/lib/kafka/admin/protocol/operation";
import type { KafkaClock } from "@/lib/kafka/clock";
import { KafkaFailure } from "@/lib/kafka/problems/failure";
import { failureOf } from "@/lib/kafka/problems/failure-of";
import type { BrokerAddress, BrokerOffer, OpenConnection } from "./open-connection";

/** One request that was sent to a broker, and how it ended. */
export interface RequestMade {
  /** null: the broker is known by its bootstrap address only. */
  brokerId: number | null;
  /** The protocol's name of the call: "ListOffsets". */
  api: string;
  /** Whether it was answered; errors inside an answer are no matter of the request. */
  ok: boolean;
  seconds: number;
}

export interface LinkOptions {
  open: (address: BrokerAddress) => Promise<OpenConnection>;
  clock: KafkaClock;
  /** For one request, from the moment it is the broker's turn. */
  deadlineMs: number;
  /** Told of every request that was sent, signing in apart. Does not throw. */
  onRequest?: (made: RequestMade) => void;
}

/** How one request is made, where it is not as usual. */
export interface CallOptions {
  /** Instead of the link's own, from the moment it is the broker's turn. */
  deadlineMs?: number;
  /** false: it never goes out twice, as a connection that ended may have carried it to the broker all the same. */
  repeatable?: boolean;
  /** Told each time the request goes out. */
  onSent?: () => void;
}

/** The pause before the next attempt to reach a broker that is down; the last one repeats. */
const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * The way to one broker: one connection, opened when first needed. A broker that cannot be reached is remembered as down:
 * calls fail at once with the reason, and it is tried again in the background, so nobody waits for it twice.
 */
export class BrokerLink {
  readonly address: BrokerAddress;
  /** null until the cluster itself has named the broker at this address. */
  brokerId: number | null;
  readonly #options: LinkOptions;
  #connection: OpenConnection | null = null;
  #opening: Promise<OpenConnection> | null = null;
  #down: KafkaFailure | null = null;
  #attempts = 0;
  #cancelRetry: () => void = () => {};
  #closed = false;

  constructor(address: BrokerAddress, options: LinkOptions, brokerId: number | null = null) {
    this.address = address;
    this.brokerId = brokerId;
    this.#options = options;
  }

  /** Why calls fail at once; null while the broker is thought to be up. */
  get down(): KafkaFailure | null {
    return this.#down;
  }

  /** Asks the broker. Rejects with a `KafkaFailure` only; error codes inside the answer are the caller's. */
  async call<Args extends unknown[], Answer>(operation: Operation<Args, Answer>, args: Args, options: CallOptions = {}): Promise<Answer> {
    const kept = this.#connection;
    try {
      return await this.#send(operation, args, options);
    } catch (error) {
      // Brokers close idle connections: that shows only when the next request is sent, and says nothing about the broker.
      const stale = kept?.closed && error instanceof KafkaFailure && error.code === "unreachable" && !this.#closed;
      if (stale && options.repeatable !== false) return this.#send(operation, args, options);
      throw error;
    }
  }

  /** What the broker offers, asked for when the connection was opened. */
  async offer(): Promise<BrokerOffer> {
    return (await this.#ready()).offer;
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#connection?.close();
    this.#connection = null;
  }

  async #send<Args extends unknown[], Answer>(operation: Operation<Args, Answer>, args: Args, options: CallOptions): Promise<Answer> {
    const connection = await this.#ready();
    const sentAtMs = this.#options.clock.now();
    try {
      const answer = await connection.send(operation, args, options.deadlineMs ?? this.#options.deadlineMs, options.onSent);
      this.#tell(operation.name, true, sentAtMs);
      return answer;
    } catch (error) {
      this.#tell(operation.name, false, sentAtMs);
      const failure = this.#failure(error);
      if (connection.closed && this.#connection === connection) {
        this.#connection = null;
        if (failure.code === "timeout") this.#goDown(failure);
      }
      throw failure;
    }
  }

  #tell(api: string, ok: boolean, sentAtMs: number): void {
    const { onRequest, clock } = this.#options;
    onRequest?.({ brokerId: this.brokerId, api, ok, seconds: (clock.now() - sentAtMs) / 1000 });
  }

  async #ready(): Promise<OpenConnection> {
    if (this.#closed) throw new KafkaFailure("unreachable", "The connection to the cluster was closed.");
    if (this.#down) throw this.#down;
    if (this.#connection && !this.#connection.closed) return this.#connection;
    this.#connection = null;
    return this.#open();
  }

  #open(): Promise<OpenConnection> {
    this.#opening ??= this.#attempt().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #attempt(): Promise<OpenConnection> {
    try {
      const connection = await this.#options.open(this.address);
      if (this.#closed) {
        connection.close();
        throw new KafkaFailure("unreachable", "The connection to the cluster was closed.");
      }
      this.#connection = connection;
      this.#down = null;
      this.#attempts = 0;
      return connection;
    } catch (error) {
      const failure = this.#failure(error);
      if (!this.#closed) this.#goDown(failure);
      throw failure;
    }
  }

  /** Only a mistake of ours is no failure yet when it comes here. */
  #failure(error: unknown): KafkaFailure {
    return failureOf(error, { address: formatAddress(this.address), mechanism: null, tls: true });
  }

  #goDown(failure: KafkaFailure): void {
    this.#down = failure;
    const pause = BACK_OFF_MS[Math.min(this.#attempts, BACK_OFF_MS.length - 1)] ?? 0;
    this.#attempts += 1;
    this.#cancelRetry();
    this.#cancelRetry = this.#options.clock.after(pause, () => {
      // A failed attempt schedules the next one itself, and calls report the reason.
      this.#open().catch(() => {});
    });
  }
}
