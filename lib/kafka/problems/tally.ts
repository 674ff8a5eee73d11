import type { Problem } from "@/lib/domain/facts";
import { errorName, problemOfCode } from "./answered-error";

interface Count {
  brokerId: number | undefined;
  errorCode: number;
  items: number;
  resources: Set<string>;
  sentence: string | null | undefined;
}

/** Resources named in a problem that stands for many. */
const NAMED = 3;

/**
 * Gathers the error codes of an answer's items into one problem per code and broker, because a broker that is down makes
 * thousands of partitions fail alike. `unit` is what an item is: "partition", "group".
 */
export class ProblemTally {
  readonly #operation: string;
  readonly #unit: string;
  readonly #counts = new Map<string, Count>();

  constructor(operation: string, unit: string) {
    this.#operation = operation;
    this.#unit = unit;
  }

  add(errorCode: number, resource: string, brokerId?: number, sentence?: string | null): void {
    const key = `${errorCode}@${brokerId ?? ""}`;
    const count = this.#counts.get(key) ?? { brokerId, errorCode, items: 0, resources: new Set<string>(), sentence };
    count.items += 1;
    count.resources.add(resource);
    this.#counts.set(key, count);
  }

  problems(): Problem[] {
    return [...this.#counts.values()].map((count) => this.#problem(count));
  }

  #problem(count: Count): Problem {
    const [only] = count.resources;
    const broker = count.brokerId === undefined ? {} : { brokerId: count.brokerId };
    if (count.resources.size === 1 && only !== undefined) {
      return problemOfCode(count.errorCode, { operation: this.#operation, resource: only, sentence: count.sentence, ...broker });
    }
    const problem = problemOfCode(count.errorCode, { operation: this.#operation, sentence: count.sentence, ...broker });
    const some = [...count.resources].slice(0, NAMED).map((name) => `'${name}'`);
    const more = count.resources.size > NAMED ? " and more" : "";
    return { ...problem, message: `${count.items} ${this.#unit}s (${some.join(", ")}${more}): ${problem.message}` };
  }
}

/** True for the errors that a moved leader causes: reading the metadata anew and asking again cures them. */
export function isStaleLeader(errorCode: number): boolean {
  return ["LEADER_NOT_AVAILABLE", "NOT_LEADER_OR_FOLLOWER", "FENCED_LEADER_EPOCH", "UNKNOWN_LEADER_EPOCH"].includes(errorName(errorCode));
}
