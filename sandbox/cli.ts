import { DOOR_USAGE, doorCommand } from "./aws/door/command";
import { killBroker } from "./kafka/broker";
import { connectionsFile, resetSandbox, startBroker, startSandbox, statusOf, stopSandbox } from "./kafka/cluster";
import type { Sandbox } from "./kafka/topology";
import { clusterOf, nodeOf, sandboxOf } from "./kafka/topology";
import { STORY_USAGE, storyCommand } from "./stories/command";

const USAGE = `Usage: tsx sandbox/cli.ts <command>          SANDBOX_NET (default 127.0.1) chooses the sandbox

  up                     start the brokers that do not run; earlier data is found again
  down                   end all brokers
  reset                  end all brokers and delete their data
  status                 what runs
  kill CLUSTER/BROKER    kill -9 one broker, e.g. shared-1/2
  start CLUSTER/BROKER   start it again

of its AWS side, which runs with \`npm run sandbox\` and \`npm run demo\` or by \`tsx sandbox/aws/run.ts\`:

${DOOR_USAGE}

trouble on brokers and tenants that run, until Ctrl-C or SIGTERM, which takes it back (\`story undo NAME\` after a kill):

${STORY_USAGE}`;

async function main([command, target, ...more]: string[]): Promise<void> {
  const sandbox = sandboxOf();
  if (command === "aws") {
    console.log(JSON.stringify(await doorCommand(sandbox, [target ?? "", ...more]), null, 2));
    return;
  }
  if (command === "story") return storyCommand(sandbox, [target ?? "", ...more]);
  if (command === "up") await startSandbox(sandbox);
  else if (command === "down") await stopSandbox(sandbox);
  else if (command === "reset") await resetSandbox(sandbox);
  else if (command === "kill") await killBroker(find(sandbox, target).node);
  else if (command === "start") {
    const { cluster, node } = find(sandbox, target);
    await startBroker(cluster, node);
  } else if (command !== "status") throw new Error(USAGE);
  printStatus(sandbox);
}

function find(sandbox: Sandbox, target = "") {
  const [clusterId = "", nodeId = ""] = target.split("/");
  const cluster = clusterOf(sandbox, clusterId);
  return { cluster, node: nodeOf(cluster, Number(nodeId)) };
}

function printStatus(sandbox: Sandbox): void {
  for (const { cluster, node, host, pid } of statusOf(sandbox)) {
    console.log(`${`${cluster}/${node}`.padEnd(14)} ${host.padEnd(12)} ${pid === null ? "not running" : `pid ${pid}`}`);
  }
  console.log(`connections    ${connectionsFile(sandbox)}`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
