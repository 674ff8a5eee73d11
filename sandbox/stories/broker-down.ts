import { killBroker } from "@/sandbox/kafka/broker";
import { startBroker } from "@/sandbox/kafka/cluster";
import { clusterOf, nodeOf, type Sandbox } from "@/sandbox/kafka/topology";
import type { Story } from "./story";
import { untilAborted } from "./until-aborted";

const CLUSTER = "shared-1";
const BROKER = 3;

export const BROKER_DOWN: Story = {
  name: "broker-down",
  tells: `broker ${BROKER} of ${CLUSTER} is killed`,
  play: async ({ sandbox, signal }, began) => {
    await killBroker(whichOf(sandbox).node);
    began();
    await untilAborted(signal);
  },
  undo: async (sandbox) => {
    const { cluster, node } = whichOf(sandbox);
    await startBroker(cluster, node);
  },
};

function whichOf(sandbox: Sandbox) {
  const cluster = clusterOf(sandbox, CLUSTER);
  return { cluster, node: nodeOf(cluster, BROKER) };
}
