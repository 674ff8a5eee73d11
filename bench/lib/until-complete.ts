import { waitFor } from "@/sandbox/kafka/readiness";
import { BENCH_CLUSTER, GROUPS } from "@/scripts/lib/bench-size.mjs";

/** Waits until lists show every tenant and every group with its lag. */
export async function untilComplete(url: string, tenants: number): Promise<void> {
  const total = async (path: string): Promise<number> => {
    const answer = await fetch(`${url}${path}`);
    if (!answer.ok) return 0;
    const { page } = (await answer.json()) as { page: { total: number } };
    return page.total;
  };
  const complete = async () =>
    (await total("/api/tenants?limit=1")) >= tenants && (await total(`/api/clusters/${BENCH_CLUSTER}/groups?limit=1`)) >= GROUPS;
  await waitFor(complete, 180_000, () => "the console does not show all tenants and groups");
}
