import { Connection } from "@platformatic/kafka";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { formatAddress } from "@/lib/kafka/address";
import { chooseVersion, type Operation, type VersionRange } from "@/lib/kafka/admin/protocol/operation";
import { API_VERSIONS } from "@/lib/kafka/admin/protocol/operations";
import { MECHANISMS } from "@/lib/kafka/auth/mechanism";
import { readSignIn } from "@/lib/kafka/auth/sign-in";
import type { KafkaClock } from "@/lib/kafka/clock";
import { KafkaFailure } from "@/lib/kafka/problems/failure";
import { closedConnection, failureOf, silence, type Target } from "@/lib/kafka/problems/failure-of";
import { adminSignIn } from "./admin-sign-in";

export interface BrokerAddress {
  host: string;
  port: number;
}

export interface FinalizedFeature {
  name: string;
  level: number;
}

/** What the broker says of itself when asked for its versions. */
export interface BrokerOffer {
  versions: ReadonlyMap<number, VersionRange>;
  features: FinalizedFeature[];
}

/** One signed-in connection. Every way it can end rejects what is under way; nothing is ever left pending. */
export interface OpenConnection {
  readonly offer: BrokerOffer;
  readonly closed: boolean;
  /** `onSent` is told when the request goes out: from then on it may arrive, whatever becomes of its answer. */
  send<Args extends unknown[], Answer>(
    operation: Operation<Args, Answer>,
    args: Args,
    deadlineMs: number,
    onSent?: () => void,
  ): Promise<Answer>;
  close(): void;
}

/** Requests under way at once: the broker works on the next while the last answer is decoded. It answers in order. */
const WINDOW = 2;

/** The library's own timers come after ours and only clean up. */
const NEVER_MS = 15 * 60_000;

interface Request {
  deadlineMs: number;
  start(): void;
  fail(failure: KafkaFailure): void;
}

/** Reads what the sign-in needs; connects, signs in and asks for the versions, all within the deadline. Rejects with a `KafkaFailure`. */
export async function openConnection(
  connection: ResolvedConnection,
  address: BrokerAddress,
  deadlineMs: number,
  clock: KafkaClock,
): Promise<OpenConnection> {
  const target: Target = {
    address: formatAddress(address),
    mechanism: MECHANISMS[connection.authentication.kind],
    tls: connection.tls !== null || connection.authentication.kind === "mtls" || connection.authentication.kind === "iam",
  };
  const { signIn, refused } = await readSignIn(connection);
  const client = new Connection("tenant-console", {
    ...adminSignIn(signIn, address.host),
    connectTimeout: deadlineMs * 2,
    requestTimeout: NEVER_MS,
  });
  // The socket's own error says more than the "closed" that follows it.
  let said: Error | null = null;
  client.on("error", (error) => {
    said ??= error;
  });
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      cancel();
      destroy(client);
      const failure = error instanceof KafkaFailure ? error : failureOf(said ?? error, target);
      if (failure.code === "authentication") refused();
      reject(failure);
    };
    const cancel = clock.after(deadlineMs, () => fail(silence(target.address)));
    const onVersions = (error: Error | null, answer?: Awaited<ReturnType<typeof API_VERSIONS.api.async>>) => {
      if (error || !answer) return fail(error ?? closedConnection(target));
      cancel();
      resolve(new OpenBrokerConnection(client, offerOf(answer), target, clock));
    };
    try {
      client.connect(address.host, address.port, (error: Error | null) => {
        if (error) fail(error);
        else API_VERSIONS.api(client, "tenant-console", "1.0.0", onVersions);
      });
    } catch (error) {
      fail(error);
    }
  });
}

function offerOf(answer: Awaited<ReturnType<typeof API_VERSIONS.api.async>>): BrokerOffer {
  return {
    versions: new Map(answer.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, { min: minVersion, max: maxVersion }])),
    features: (answer.finalizedFeatures ?? []).map(({ name, maxVersionLevel }) => ({ name, level: maxVersionLevel })),
  };
}

function unwritten(operation: string, error: Error): KafkaFailure {
  return new KafkaFailure("invalid", `${operation} cannot be asked like this: ${error.message}`, { cause: error });
}

/** Ends the socket at once, and hears whatever error it still has to say, since nobody else would. */
function destroy(client: Connection): void {
  client.close(() => {});
  const socket: Connection["socket"] | undefined = client.socket;
  socket?.on("error", () => {});
  socket?.destroy();
}

class OpenBrokerConnection implements OpenConnection {
  readonly offer: BrokerOffer;
  readonly #client: Connection;
  readonly #target: Target;
  readonly #clock: KafkaClock;
  readonly #waiting: Request[] = [];
  /** In the order sent, which is the order of the answers: the deadline that runs is the first one's. */
  readonly #underWay: Request[] = [];
  #cancelDeadline: () => void = () => {};
  #ended: KafkaFailure | null = null;

  constructor(client: Connection, offer: BrokerOffer, target: Target, clock: KafkaClock) {
    this.#client = client;
    this.offer = offer;
    this.#target = target;
    this.#clock = clock;
    client.on("close", () => this.#end(closedConnection(target)));
    client.on("error", (error) => this.#end(failureOf(error, target)));
    if (!client.isConnected()) this.#end(closedConnection(target));
  }

  get closed(): boolean {
    return this.#ended !== null;
  }

  async send<Args extends unknown[], Answer>(
    operation: Operation<Args, Answer>,
    args: Args,
    deadlineMs: number,
    onSent?: () => void,
  ): Promise<Answer> {
    if (this.#ended) throw this.#ended;
    const { version, createRequest, parse } = chooseVersion(operation, this.offer.versions);
    return new Promise((resolve, reject) => {
      let written = false;
      const request: Request = {
        deadlineMs,
        fail: reject,
        start: () => {
          const onAnswer = (error: Error | null, answer?: Answer) => {
            this.#finish(request);
            if (error) reject(this.#ended ?? (written ? this.#failureOfAnswer(operation.name, error) : unwritten(operation.name, error)));
            else resolve(answer as Answer);
          };
          this.#client.send(
            operation.key,
            version,
            () => {
              const bytes = createRequest(...args);
              written = true;
              onSent?.();
              return bytes;
            },
            (_id, _key, _version, reader) => parse(reader),
            true,
            true,
            onAnswer,
          );
        },
      };
      this.#waiting.push(request);
      this.#startNext();
    });
  }

  close(): void {
    this.#end(new KafkaFailure("unreachable", `The connection to ${this.#target.address} was closed.`));
  }

  #failureOfAnswer(operation: string, error: Error): KafkaFailure {
    if (error.message === "Connection closed") return closedConnection(this.#target, error);
    return new KafkaFailure("invalid", `The answer of ${this.#target.address} to ${operation} could not be read: ${error.message}`, {
      cause: error,
    });
  }

  #startNext(): void {
    while (!this.#ended && this.#underWay.length < WINDOW) {
      const request = this.#waiting.shift();
      if (!request) return;
      this.#underWay.push(request);
      if (this.#underWay.length === 1) this.#armDeadline();
      request.start();
    }
  }

  #finish(request: Request): void {
    const index = this.#underWay.indexOf(request);
    if (index < 0) return;
    this.#underWay.splice(index, 1);
    this.#armDeadline();
    this.#startNext();
  }

  #armDeadline(): void {
    this.#cancelDeadline();
    const [first] = this.#underWay;
    this.#cancelDeadline = first ? this.#clock.after(first.deadlineMs, () => this.#end(silence(this.#target.address))) : () => {};
  }

  #end(failure: KafkaFailure): void {
    if (this.#ended) return;
    this.#ended = failure;
    this.#cancelDeadline();
    for (const request of [...this.#underWay.splice(0), ...this.#waiting.splice(0)]) request.fail(failure);
    destroy(this.#client);
  }
}
