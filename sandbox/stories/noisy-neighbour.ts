import { randomBytes } from "node:crypto";
import type { QuotaSpec } from "@/sandbox/kafka/admin";
import { withProducer } from "@/sandbox/tenants/produce";
import { keepTrying, type Session } from "@/sandbox/tenants/session";
import { asAdmin, castMember } from "./cast-member";
import type { Story } from "./story";

/** A job that sends a backlog, with a client-id of its own and a rule that somebody made for it. */
const BACKFILL = { ...castMember("lumen"), clientId: "lumen-backfill" };
const TOPIC = "lumen.alarms";
/** All of it to one partition, so that one broker bears it. */
const PARTITION = 1;
const RECORD_BYTES = 1_000;
const RECORDS_PER_REQUEST = 200;
/** Connections that send at once, each waiting for its answer: what the broker cannot take at once queues there, and others behind it. */
const SENDERS = 16;

/** Beats the user's own rule, and lets everything through. */
function exception(producerByteRate: number | null): QuotaSpec {
  return { entity: { user: BACKFILL.principal, clientId: BACKFILL.clientId }, limits: { producer_byte_rate: producerByteRate } };
}

export const NOISY_NEIGHBOUR: Story = {
  name: "noisy-neighbour",
  tells: "lumen, promised 24 kB/s, sends a backlog as fast as one broker takes it: its job has a rule of its own that limits nothing",
  play: async (session, began) => {
    await asAdmin(session.sandbox, BACKFILL, (admin) => admin.setQuotas([exception(1e9)]));
    await Promise.all(Array.from({ length: SENDERS }, () => sendBacklog(session, began)));
  },
  undo: (sandbox) => asAdmin(sandbox, BACKFILL, (admin) => admin.setQuotas([exception(null)])),
};

async function sendBacklog(session: Session, began: () => void): Promise<void> {
  // Bytes that do not repeat, as of measurements that were compressed before.
  const values = Array.from({ length: RECORDS_PER_REQUEST }, () => randomBytes(RECORD_BYTES));
  const messages = values.map((value, at) => ({ key: `backlog-${at}`, value, partition: PARTITION }));
  await withProducer(session, BACKFILL, (producer) =>
    keepTrying(`${BACKFILL.clientId}`, session, async (healthy) => {
      while (!session.signal.aborted) {
        await producer.send({ topic: TOPIC, messages });
        healthy();
        began();
      }
    }),
  );
}
