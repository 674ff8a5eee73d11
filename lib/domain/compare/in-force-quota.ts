import { formatByteRate, formatCountOf } from "@/lib/domain/format";
import { type BucketUse, DIRECTIONS } from "@/lib/domain/views/use";
import type { PlaceAnswer, PlaceQuestion } from "./in-force";

/** Whether a quota binds the tenant here. A silo is fair by dedication, and a quota in it is told besides. */
export function fairnessInForce({ place: { model, cluster, clusterId, placements }, state }: PlaceQuestion): PlaceAnswer {
  const buckets = { produce: on(state.produce.buckets, clusterId), consume: on(state.consume.buckets, clusterId) };
  const quotas = { produce: lowest(buckets.produce), consume: lowest(buckets.consume) };
  const found = DIRECTIONS.filter((direction) => quotas[direction] !== null);
  const words = found.map((direction) => `${direction} ${formatByteRate(quotas[direction] ?? 0)} a broker`).join(", ");
  if (model === "silo") {
    return {
      state: "has",
      sentence: found.length === 0 ? "By dedication: no other tenant to be protected from." : `By dedication; quotas besides: ${words}.`,
    };
  }
  if (cluster === null || cluster.quotas === null) return { state: "unseen", sentence: "The quotas of this cluster could not be read." };
  if (!placements.some(({ principals, clientIds }) => principals.length + clientIds.length > 0)) {
    const sentence = "It has no principal or client-id of its own here, so no quota can be set for it alone.";
    return { state: model === "pool" ? "cannot" : "could", sentence };
  }
  if (found.length === 2) return { state: "has", sentence: `Quotas in force: ${words}.` };
  if (found.length === 1) return { state: "could", sentence: `Only one direction has a quota: ${words}.` };
  const seen = buckets.produce.length + buckets.consume.length;
  return {
    state: "could",
    sentence: `No quota binds it${seen > 0 ? ` (${formatCountOf(new Set([...buckets.produce, ...buckets.consume].map(({ bucket }) => bucket)).size, "identity", "identities")} seen)` : ""}.`,
  };
}

function on(buckets: readonly BucketUse[], clusterId: string): BucketUse[] {
  return buckets.filter((bucket) => bucket.clusterId === clusterId);
}

/** null: some identity has no quota, or none was seen. */
function lowest(buckets: readonly BucketUse[]): number | null {
  const values = buckets.map(({ quota }) => quota?.value ?? null);
  if (values.length === 0 || values.includes(null)) return null;
  return Math.min(...values.filter((value) => value !== null));
}
