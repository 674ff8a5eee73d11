import { awsUrl } from "@/sandbox/aws/address";
import type { Sandbox } from "@/sandbox/kafka/topology";

export const DOOR_USAGE = `  aws status                          clusters, faults, and how often each operation was called
  aws fault OPERATION KIND [TIMES]    throttle, error, denied, slow or cut; OPERATION may be '*'
  aws heal [OPERATION]                take the fault away, or all
  aws begin CLUSTER[/BROKER] TYPE     an MSK operation such as SECURITY_PATCHING; the broker is taken away
  aws end CLUSTER                     bring it back and close the operation
  aws monitoring CLUSTER LEVEL        DEFAULT, PER_BROKER, PER_TOPIC_PER_BROKER or PER_TOPIC_PER_PARTITION
`;

/** Knocks at the door of the AWS side that runs. Rejects with its refusal, or when it does not run. */
export async function doorCommand(sandbox: Sandbox, [command, ...args]: string[]): Promise<unknown> {
  const [first = "", second, third] = args;
  const [cluster = "", broker] = first.split("/");
  if (command === "status") return knock(sandbox, "GET", "/_door");
  if (command === "fault")
    return knock(sandbox, "POST", "/_door/fault", {
      operation: first,
      kind: second,
      ...(third === undefined ? {} : { times: Number(third) }),
    });
  if (command === "heal") return knock(sandbox, "DELETE", `/_door/fault${first === "" ? "" : `?operation=${encodeURIComponent(first)}`}`);
  if (command === "begin")
    return knock(sandbox, "POST", "/_door/operation", { cluster, type: second, brokers: broker === undefined ? [] : [Number(broker)] });
  if (command === "end") return knock(sandbox, "DELETE", `/_door/operation?cluster=${encodeURIComponent(cluster)}`);
  if (command === "monitoring") return knock(sandbox, "POST", "/_door/monitoring", { cluster, level: second });
  throw new Error(`Usage: tsx sandbox/cli.ts aws …\n\n${DOOR_USAGE}`);
}

async function knock(sandbox: Sandbox, method: string, path: string, body?: object): Promise<unknown> {
  const url = `${awsUrl(sandbox)}${path}`;
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }).catch(() => {
    throw new Error(`The AWS side of ${sandbox.net} does not run: nobody answers on ${awsUrl(sandbox)}`);
  });
  const value = (await answer.json()) as { message?: string };
  if (!answer.ok) throw new Error(value.message ?? `the door answered ${answer.status}`);
  return value;
}
