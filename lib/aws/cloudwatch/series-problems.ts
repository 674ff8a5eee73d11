import type { AwsLink } from "@/lib/aws/link/open-link";
import { permissionRemedy } from "@/lib/aws/problems/permissions";
import type { Problem } from "@/lib/domain/facts";
import type { SeriesOutcome } from "./series-cache";

/** One problem per failed call, and one per way in which single series of answered calls are missing. */
export function problemsOfSeries(link: AwsLink, outcomes: readonly SeriesOutcome[]): Problem[] {
  const ofCalls = new Map<string, Problem>();
  for (const { problem } of outcomes) if (problem !== null) ofCalls.set(`${problem.code}/${problem.message}`, problem);
  const single = outcomes.filter(({ problem }) => problem === null);
  const ofSeries = (["forbidden", "failed", "partial"] as const).flatMap((status) => {
    const some = single.filter(({ answer }) => answer.status === status);
    const [first] = some;
    return first === undefined ? [] : [problemOf(link, status, some.length, outcomes.length, first.answer.message)];
  });
  return [...ofCalls.values(), ...ofSeries];
}

const WORDS = { forbidden: "were refused", failed: "were not answered", partial: "were answered in part" } as const;

function problemOf(link: AwsLink, status: keyof typeof WORDS, some: number, all: number, said: string | undefined): Problem {
  const operation = "GetMetricData";
  const message = `${some} of ${all} series ${WORDS[status]} by CloudWatch in ${link.region}${said === undefined ? "" : `: ${said}`}.`;
  if (status !== "forbidden") return { code: "unavailable", operation, message };
  return { code: "forbidden", operation, message, remedy: permissionRemedy({ operation }, link.principal) };
}
