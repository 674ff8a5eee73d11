import { POOL } from "@/sandbox/tenants/cast";
import { paced, withProducer } from "@/sandbox/tenants/produce";
import { tenantBatch } from "@/sandbox/tenants/produce-pool";
import { castMember } from "./cast-member";
import type { Story } from "./story";

const SERVICE = castMember("pool-service");
const TENANT = "birchway";
const BYTES_PER_SECOND = 30_000;
/** Batches a tick, each to the next partition. */
const BATCHES = 4;
const CLICKS = "pool.clicks";

export const POOL_OVERUSE: Story = {
  name: "pool-overuse",
  tells: "the pool's service writes 30 kB/s for birchway, promised 6 kB/s: no quota of Kafka tells it from the others",
  play: async (session, began) => {
    const stream = POOL.streams.find(({ topic }) => topic === CLICKS);
    const partitions = SERVICE.topics.find(({ name }) => name === CLICKS)?.partitions;
    if (stream === undefined || partitions === undefined) throw new Error(`the pool has no ${CLICKS}`);
    let turn = 0;
    await withProducer(session, SERVICE, (producer) =>
      paced(session, "pool overuse", POOL.everyMs, async (elapsedMs) => {
        const bytes = (BYTES_PER_SECOND * elapsedMs) / 1_000 / BATCHES;
        const batches = Array.from({ length: BATCHES }, () => tenantBatch(stream, TENANT, bytes, turn++ % partitions));
        await producer.send({ topic: CLICKS, messages: batches.flat() });
        began();
      }),
    );
  },
  undo: async () => undefined,
};
