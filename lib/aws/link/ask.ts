import { problemOfAws, silence } from "@/lib/aws/problems/aws-problem";
import type { CallTarget } from "@/lib/aws/problems/permissions";
import type { Problem } from "@/lib/domain/facts";
import type { Link } from "./link-to";
import type { AwsClients, AwsLink } from "./open-link";

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What a reading works with: the clients, and the signal that every call has to be given. */
export type Asking<Clients = AwsClients> = Clients & { abortSignal: AbortSignal };

/** A signal for readings that share one deadline. */
export function deadlineOf(link: Pick<AwsLink, "deadlineMs">): AbortSignal {
  return AbortSignal.timeout(link.deadlineMs);
}

/**
 * Runs one reading, of one call or of many pages, within the deadline. Never rejects: what AWS refuses or does not say is a problem.
 * Signing in counts towards the deadline, though the SDK cannot be made to give it up.
 */
export async function ask<T, Clients extends object>(
  link: Link<Clients>,
  target: CallTarget,
  run: (asking: Asking<Clients>) => Promise<T>,
  deadline = deadlineOf(link),
): Promise<Answer<T>> {
  const context = { ...target, region: link.region, principal: link.principal };
  const abortSignal = AbortSignal.any([deadline, link.closed]);
  const ended = whenAborted(abortSignal);
  try {
    abortSignal.throwIfAborted();
    return { ok: true, value: await Promise.race([run({ ...link.clients(), abortSignal }), ended.promise]) };
  } catch (error) {
    if (link.closed.aborted) return { ok: false, problem: stopped(target) };
    const late = deadline.aborted;
    const problem = late ? { ...silence(context), ...named(target) } : problemOfAws(error, context);
    if (problem.code === "authentication") link.renew();
    return { ok: false, problem };
  } finally {
    ended.stop();
  }
}

function whenAborted(signal: AbortSignal): { promise: Promise<never>; stop: () => void } {
  let stop = (): void => {};
  const promise = new Promise<never>((_, reject) => {
    const end = (): void => reject(signal.reason);
    signal.addEventListener("abort", end, { once: true });
    stop = () => signal.removeEventListener("abort", end);
  });
  promise.catch(() => {});
  return { promise, stop };
}

function named({ operation, topic }: CallTarget): Pick<Problem, "operation" | "resource"> {
  return { operation, ...(topic === undefined ? {} : { resource: topic }) };
}

function stopped(target: CallTarget): Problem {
  return { code: "unavailable", ...named(target), message: "The console no longer reads this region." };
}
