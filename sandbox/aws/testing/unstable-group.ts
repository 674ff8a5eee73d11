import { Connection, findCoordinatorV6, joinGroupV9, leaveGroupV5 } from "@platformatic/kafka";
import { whole } from "@/sandbox/aws/brokers/ask";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import type { Cluster } from "@/sandbox/kafka/topology";
import { nodeOf, PORTS } from "@/sandbox/kafka/topology";

const GROUP_KEY = 0;
const SESSION_TIMEOUT_MS = 45_000;
/** A subscription to nothing, as Kafka's consumer protocol writes it. */
const NO_TOPICS = Buffer.from([0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);

/**
 * Joins a group and never tells it the assignment, so that it stays in the middle of its rebalance.
 *
 * @returns leaves the group, which is empty then
 */
export async function joinWithoutSync(cluster: Cluster, group: string): Promise<() => Promise<void>> {
  const [first] = cluster.nodes;
  if (first === undefined) throw new Error(`${cluster.id} has no brokers`);
  const connection = await connect(first.host);
  let coordinator = first.id;
  await waitFor(
    async () => {
      const [found] = (await whole(findCoordinatorV6.api.async(connection, GROUP_KEY, [group]))).coordinators;
      coordinator = found?.nodeId ?? -1;
      return found?.errorCode === 0;
    },
    PATIENCE_MS,
    () => `${group} has no coordinator`,
  );
  await connection.close();
  const member = await connect(nodeOf(cluster, coordinator).host);
  const join = (memberId: string) =>
    whole(
      joinGroupV9.api.async(member, group, SESSION_TIMEOUT_MS, SESSION_TIMEOUT_MS, memberId, null, "consumer", [
        { name: "range", metadata: NO_TOPICS },
      ]),
    );
  // The first answer only hands out the id to join with.
  const { memberId } = await join("");
  const joined = await join(memberId);
  if (joined.errorCode !== 0) throw new Error(`${group} could not be joined: error ${joined.errorCode}`);
  return async () => {
    await leaveGroupV5.api.async(member, group, [{ memberId, groupInstanceId: null, reason: null }]);
    await member.close();
  };
}

async function connect(host: string): Promise<Connection> {
  const connection = new Connection("sandbox-aws-check", { connectTimeout: 5_000, requestTimeout: 30_000 });
  await connection.connect(host, PORTS.internal);
  return connection;
}
