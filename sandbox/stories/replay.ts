import type { Admin, Consumer, EachBatchPayload } from "kafkajs";
import { kafkaOf, keepTrying, type Session } from "@/sandbox/tenants/session";
import { castMember } from "./cast-member";
import { deleteGroup } from "./delete-group";
import type { Story } from "./story";

const ACME = castMember("acme");
const GROUP = "acme.reprocessing";
/** Small answers: after a large one the brokers would hold the next back for half a minute, and the rate would come and go. */
const ANSWERS = { maxBytesPerPartition: 32_768, maxBytes: 65_536 };
const TOPICS = ["acme.orders", "acme.payments", "acme.shipments"];

/** Reads the past again, as fast as the quota lets it: at the end of a partition it goes back to its beginning. */
export const REPLAY: Story = {
  name: "replay",
  tells: "acme reads everything it still has again and again, as fast as its quota allows",
  play: async (session, began) => {
    const kafka = kafkaOf(session.sandbox, ACME);
    const consumer = kafka.consumer({ groupId: GROUP, ...ANSWERS, allowAutoTopicCreation: false });
    const admin = kafka.admin();
    try {
      await keepTrying(GROUP, session, async () => {
        await admin.connect();
        await consumer.connect();
        await consumer.subscribe({ topics: TOPICS, fromBeginning: true });
        await untilEnd(session, consumer, admin, began);
      });
    } finally {
      await Promise.all([consumer.disconnect(), admin.disconnect()]);
    }
  },
  undo: (sandbox) => deleteGroup(sandbox, ACME, GROUP),
};

async function untilEnd({ signal }: Session, consumer: Consumer, admin: Admin, began: () => void): Promise<void> {
  const back = async ({ batch }: EachBatchPayload) => {
    began();
    const { topic, partition } = batch;
    if (BigInt(batch.lastOffset()) + 1n < BigInt(batch.highWatermark)) return;
    const offsets = await admin.fetchTopicOffsets(topic);
    const low = offsets.find((one) => one.partition === partition)?.low ?? "0";
    consumer.seek({ topic, partition, offset: low });
  };
  await new Promise<void>((resolve, reject) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) reject(payload.error);
    });
    consumer.run({ autoCommitInterval: 5_000, eachBatch: back }).catch(reject);
  });
}
