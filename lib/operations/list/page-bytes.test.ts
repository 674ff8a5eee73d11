import { describe, expect, it } from "vitest";
import { listGroups } from "@/lib/operations/groups/list-groups";
import { listTenants } from "@/lib/operations/tenants/list-tenants";
import { contextOf } from "@/lib/operations/testing/context";
import { mixedFleet } from "@/lib/operations/testing/mixed-fleet";

const BYTES_MAX = 60_000;
const PAGE = 100;
/** The longest line of a range. */
const SPARK_BYTES = Buffer.byteLength(`,"spark":"${"z".repeat(36)}"`);

const context = contextOf([mixedFleet(1_000, 1_000)]);

async function bytesOf(operation: typeof listTenants | typeof listGroups, query: Record<string, unknown>): Promise<number> {
  const answer = (await operation.run(context, { limit: PAGE, ...query })) as { rows: unknown[] };
  expect(answer.rows).toHaveLength(PAGE);
  return Buffer.byteLength(JSON.stringify(answer));
}

describe(`a page of ${PAGE} rows is at most ${BYTES_MAX} bytes`, () => {
  it.each(["attention", "name", "lag", "produce"])("tenants by %s", async (sort) => {
    expect((await bytesOf(listTenants, { sort })) + PAGE * SPARK_BYTES).toBeLessThanOrEqual(BYTES_MAX);
  });
  it.each(["model:pool", "model:bridge"])("tenants of %s", async (q) => {
    expect((await bytesOf(listTenants, { q })) + PAGE * SPARK_BYTES).toBeLessThanOrEqual(BYTES_MAX);
  });
  it.each(["attention", "name", "records"])("groups by %s", async (sort) => {
    expect(await bytesOf(listGroups, { clusterId: "c1", sort })).toBeLessThanOrEqual(BYTES_MAX);
  });
});
