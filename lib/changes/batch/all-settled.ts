/** Waits for the end of all of it, and rejects only then with the first failure: nothing is left running unseen. */
export async function allSettled(works: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(works);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
