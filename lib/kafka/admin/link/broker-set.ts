import type { BrokerFact, Problem } from "@/lib/domain/facts";
import { parseAddress } from "@/lib/kafka/address";
import { METADATA } from "@/lib/kafka/admin/protocol/metadata";
import type { Operation } from "@/lib/kafka/admin/protocol/operation";
import { problemOf } from "@/lib/kafka/problems/failure";
import { BrokerLink, type LinkOptions } from "./broker-link";
import type { BrokerAddress } from "./open-connection";

/** An answer with the broker that gave it, whose id is undefined while only its bootstrap address is known. */
export interface Answered<Answer> {
  answer: Answer;
  brokerId: number | undefined;
  link: BrokerLink;
}

/** One broker's part of an operation: its answer, or why there is none. */
export type Part<T> = { brokerId: number; value: T } | { brokerId: number; problem: Problem };

/** How a change is asked for. */
export interface ChangeOptions {
  deadlineMs: number;
  /** Whether the same request may arrive twice without harm. */
  repeatable: boolean;
  /** Only this broker; absent: any. */
  brokerId?: number;
}

/** An answer, or why there is none. `lost`: a request went out and nothing came back, so it may have been carried out. */
export type Attempt<Answer> = { lost: boolean } & ({ answered: Answered<Answer> } | { failure: unknown });

interface Candidate {
  link: BrokerLink;
  brokerId: number | undefined;
}

/** The links to a cluster's brokers. Bootstrap addresses serve to begin, and again when no known broker answers. */
export class BrokerSet {
  readonly #options: LinkOptions;
  readonly #bootstrap: Map<string, BrokerLink>;
  readonly #links = new Map<number, BrokerLink>();
  #turn = 0;

  constructor(bootstrap: readonly string[], options: LinkOptions) {
    this.#options = options;
    this.#bootstrap = new Map(bootstrap.map((text) => [text, new BrokerLink(parseAddress(text), options)]));
  }

  get brokerIds(): number[] {
    return [...this.#links.keys()];
  }

  link(brokerId: number): BrokerLink | undefined {
    return this.#links.get(brokerId);
  }

  /** Takes the brokers that the cluster itself names: new ones get a link, moved ones a new link, gone ones none. */
  adopt(brokers: readonly BrokerFact[]): void {
    for (const [id, link] of this.#links) {
      const still = brokers.find((broker) => broker.id === id);
      if (still && sameAddress(still, link.address)) continue;
      link.close();
      this.#links.delete(id);
    }
    for (const broker of brokers) {
      if (!this.#links.has(broker.id))
        this.#links.set(broker.id, this.#takeBootstrap(broker) ?? new BrokerLink(broker, this.#options, broker.id));
    }
    this.#renewBootstrap();
  }

  /** Asks one broker, and the next where one fails. The load goes round. Rejects with the last failure. */
  async any<Args extends unknown[], Answer>(operation: Operation<Args, Answer>, args: Args): Promise<Answered<Answer>> {
    let last: unknown;
    for (const { link, brokerId } of this.#candidates()) {
      try {
        return { answer: await link.call(operation, args), brokerId, link };
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }

  /**
   * Asks one broker for a change, and the next where one fails; what is not repeatable goes to the next only while it has not gone out.
   * Never rejects.
   */
  async change<Args extends unknown[], Answer>(
    operation: Operation<Args, Answer>,
    args: Args,
    { brokerId: only, ...options }: ChangeOptions,
  ): Promise<Attempt<Answer>> {
    let failure: unknown;
    let unanswered = 0;
    const onSent = () => {
      unanswered += 1;
    };
    for (const { link, brokerId } of this.#candidates().filter((candidate) => only === undefined || candidate.brokerId === only)) {
      try {
        // A connection that ended unnoticed, or a broker that hangs, shows when something is sent: better a question than the change.
        if (!options.repeatable) await link.call(METADATA, [[], false, false]);
        const answer = await link.call(operation, args, { ...options, onSent });
        return { answered: { answer, brokerId, link }, lost: unanswered > 1 };
      } catch (error) {
        failure = error;
        if (unanswered > 0 && !options.repeatable) break;
      }
    }
    return { failure, lost: unanswered > 0 };
  }

  /** Does one thing with each of these brokers at the same time; one that fails costs only its part. */
  async each<T>(
    brokerIds: Iterable<number>,
    operation: string,
    act: (link: BrokerLink, brokerId: number) => Promise<T>,
  ): Promise<Part<T>[]> {
    return Promise.all(
      Array.from(brokerIds, async (brokerId): Promise<Part<T>> => {
        const link = this.#links.get(brokerId);
        if (!link) return { brokerId, problem: absent(operation, brokerId) };
        try {
          return { brokerId, value: await act(link, brokerId) };
        } catch (error) {
          return { brokerId, problem: problemOf(operation, error, brokerId) };
        }
      }),
    );
  }

  close(): void {
    for (const link of [...this.#links.values(), ...this.#bootstrap.values()]) link.close();
  }

  /** Known brokers thought to be up, in turn; then bootstrap addresses; those known to be down last, which costs no time. */
  #candidates(): Candidate[] {
    const known: Candidate[] = [...this.#links].map(([brokerId, link]) => ({ link, brokerId }));
    this.#turn += 1;
    const from = known.length === 0 ? 0 : this.#turn % known.length;
    const turned = [...known.slice(from), ...known.slice(0, from)];
    const bootstrap: Candidate[] = [...this.#bootstrap.values()].map((link) => ({ link, brokerId: undefined }));
    const all = [...turned, ...bootstrap];
    return [...all.filter(({ link }) => link.down === null), ...all.filter(({ link }) => link.down !== null)];
  }

  /** A bootstrap connection to the very address a broker advertises goes on as that broker's own. */
  #takeBootstrap(broker: BrokerFact): BrokerLink | null {
    for (const [text, link] of this.#bootstrap) {
      if (!sameAddress(broker, link.address)) continue;
      this.#bootstrap.set(text, new BrokerLink(link.address, this.#options));
      link.brokerId = broker.id;
      return link;
    }
    return null;
  }

  /** Bootstrap connections are not kept open, nor tried again in the background, once the brokers are known. */
  #renewBootstrap(): void {
    for (const [text, link] of this.#bootstrap) {
      link.close();
      this.#bootstrap.set(text, new BrokerLink(link.address, this.#options));
    }
  }
}

function absent(operation: string, brokerId: number): Problem {
  return {
    code: "unreachable",
    operation,
    message: `Broker ${brokerId} is not among the brokers that are alive.`,
    remedy: "Check that the broker runs.",
    brokerId,
  };
}

function sameAddress(a: BrokerAddress, b: BrokerAddress): boolean {
  return a.host === b.host && a.port === b.port;
}
