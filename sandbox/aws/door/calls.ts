import type { Operation } from "@/sandbox/aws/wire/protocol";

/** How often each operation was called, refused calls included; for tests that count what a client costs. */
export interface Calls {
  count: (operation: Operation) => void;
  counts: () => Record<string, number>;
}

export function createCalls(): Calls {
  const counts = new Map<string, number>();
  return {
    count: ({ name }) => counts.set(name, (counts.get(name) ?? 0) + 1),
    counts: () => Object.fromEntries(counts),
  };
}
