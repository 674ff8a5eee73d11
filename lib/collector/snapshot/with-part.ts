import type { Problem } from "@/lib/domain/facts";
import type { ClusterSnapshot, Part } from "@/lib/domain/snapshot";

/** What one reading of a part came to. */
export interface PartResult {
  /** What the reading brought; nothing of it when it brought nothing. */
  fields: Partial<Omit<ClusterSnapshot, "version" | "at" | "parts">>;
  /** false: the last values stay, as old as they are. */
  broughtSomething: boolean;
  problems: Problem[];
}

/** More would say nothing new, and a cluster of thousands of topics could have as many. */
const PROBLEMS_MAX = 50;

/** The snapshot with one part read. Everything else is shared with the one before. */
export function withPart(snapshot: ClusterSnapshot, part: Part, result: PartResult, at: string): ClusterSnapshot {
  const before = snapshot.parts[part];
  const state = { ...before, at: result.broughtSomething ? at : before.at, problems: result.problems.slice(0, PROBLEMS_MAX) };
  return { ...snapshot, ...result.fields, version: snapshot.version + 1, at, parts: { ...snapshot.parts, [part]: state } };
}

export function nothing(problems: Problem[]): PartResult {
  return { fields: {}, broughtSomething: false, problems };
}
