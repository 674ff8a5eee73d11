/** Starts the measured broker and fills it, once: a later run finds it filled. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox } from "@/sandbox/kafka/cluster";
import { GROUPS, PARTITIONS, TOPICS } from "@/scripts/lib/bench-size.mjs";
import { benchSandbox } from "./lib/sandbox";
import { seed } from "./lib/seed";

const { sandbox, cluster } = benchSandbox();
await startSandbox(sandbox);
const stamp = join(sandbox.dir, `seeded-${TOPICS}`);
if (!existsSync(stamp)) {
  const began = performance.now();
  console.log(`seeding ${TOPICS} topics of ${PARTITIONS} partitions and ${GROUPS} groups`);
  await seed(sandbox, cluster);
  writeFileSync(stamp, "");
  console.log(`seeded in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
