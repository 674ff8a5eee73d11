import { allPages } from "@/lib/aws/link/all-pages";
import { type Asking, ask } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { CallTarget } from "@/lib/aws/problems/permissions";
import type { Problem, Reading } from "@/lib/domain/facts";

/** What MSK hands out at most in one page. */
export const PAGE_SIZE = 100;
const PAGES_MAX = 300;

/**
 * Reads a whole list. A list that breaks off in the middle is not used, because what it lacks would look deleted: the value is null.
 * Only one that is longer than anything expected is cut, and a problem says so.
 */
export async function readList<T>(
  link: AwsLink,
  target: CallTarget,
  page: (asking: Asking, token: { NextToken?: string }) => Promise<{ items: readonly T[]; next: string | undefined }>,
  pagesMax = PAGES_MAX,
): Promise<Reading<T[] | null>> {
  const answer = await ask(link, target, (asking) =>
    allPages(pagesMax, (token) => page(asking, token === undefined ? {} : { NextToken: token })),
  );
  if (!answer.ok) return { value: null, problems: [answer.problem] };
  const { items, cut } = answer.value;
  return { value: items, problems: cut ? [tooLong(target, items.length)] : [] };
}

function tooLong({ operation }: CallTarget, count: number): Problem {
  return { code: "unsupported", operation, message: `The list is longer than the ${count} entries that were read; the rest is left out.` };
}
