import { Consumer } from "@platformatic/kafka";
import type { Actor, GroupPlan } from "./plan";
import { keepTrying, type Session, signInOf } from "./session";

const COMMIT_EVERY_MS = 10_000;

/** Members of a KIP-848 group, which kafkajs does not speak. Runs until the run ends. */
export async function consumeNext(session: Session, actor: Actor, group: GroupPlan): Promise<void> {
  await Promise.all(
    Array.from({ length: group.members }, () =>
      keepTrying(`${actor.principal} group ${group.id}`, session, (healthy) => member(session, actor, group, healthy)),
    ),
  );
}

async function member(session: Session, actor: Actor, group: GroupPlan, healthy: () => void): Promise<void> {
  const { clientId, brokers, ca, username, password } = signInOf(session.sandbox, actor);
  const consumer = new Consumer({
    clientId,
    bootstrapBrokers: brokers,
    tls: { ca },
    sasl: { mechanism: "SCRAM-SHA-512", username, password },
    groupId: group.id,
    groupProtocol: "consumer",
    autocommit: COMMIT_EVERY_MS,
    maxWaitTime: 5_000,
    minBytes: 65_536,
  });
  try {
    const stream = await consumer.consume({ topics: group.topics, mode: "committed", fallbackMode: "latest" });
    const stop = () => stream.destroy();
    session.signal.addEventListener("abort", stop, { once: true });
    healthy();
    try {
      for await (const _ of stream) if (session.signal.aborted) break;
    } finally {
      session.signal.removeEventListener("abort", stop);
    }
    if (!session.signal.aborted) throw new Error("the stream of records ended");
  } finally {
    await consumer.close(true).catch(() => undefined);
  }
}
