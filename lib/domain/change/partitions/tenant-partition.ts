import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { named } from "@/lib/domain/change/words";
import { formatCount } from "@/lib/domain/format";
import type { Growing } from "./room";

/** Fewer tenants have as many partitions by chance. */
const LEAST_TENANTS = 4;
/** So near to the number of tenants it follows it. */
const NEARNESS = 0.1;

/** A partition for each tenant of a shared topic, which does not hold: tenants come and go, partitions only come. */
export function tenantPartition({ topic, before, after }: Growing, tenants: number): Consequence | null {
  if (tenants < LEAST_TENANTS) return null;
  const follows = Math.abs(after - tenants) <= tenants * NEARNESS || before === tenants - 1 || before === tenants;
  if (!follows) return null;
  return consequence({
    class: "note",
    sentence: `${named(topic)} would have ${formatCount(after)} partitions for ${formatCount(tenants)} tenants: a partition for each tenant does not isolate them.`,
    detail:
      "Partitions never become fewer, tenants differ in size, one broker leads many of them, and each partition costs memory and files. A topic of its own, or a key of tenant and entity, serves better.",
  });
}
