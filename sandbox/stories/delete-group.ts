import { setTimeout as delay } from "node:timers/promises";
import { tryTool } from "@/sandbox/kafka/tool";
import { clusterOf, type Sandbox } from "@/sandbox/kafka/topology";
import type { Actor } from "@/sandbox/tenants/plan";

const AGAIN_AFTER_MS = 5_000;
/** Longer than the session of a member whose process was killed. */
const TRIES = 12;

/** Deletes a group of an actor with what it committed, once its last member is gone; one that is not there is no fault. */
export async function deleteGroup(sandbox: Sandbox, { cluster }: Actor, group: string): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    const { exitCode, stdout, stderr } = await tryTool(sandbox, clusterOf(sandbox, cluster), "groups", ["--delete", "--group", group]);
    const said = `${stdout}${stderr}`;
    if (said.includes("GroupIdNotFoundException") || (exitCode === 0 && !said.includes("could not be deleted"))) return;
    if (left === 1 || !/GroupNotEmptyException|not empty/.test(said)) throw new Error(`${group} could not be deleted:\n${said}`);
    await delay(AGAIN_AFTER_MS);
  }
}
