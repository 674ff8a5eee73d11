import type { MskCluster } from "@/sandbox/aws/estate/cluster";
import type { WireRequest, WireResponse } from "@/sandbox/aws/http/request";
import { queryPairs } from "@/sandbox/aws/http/request";
import type { MskContext } from "@/sandbox/aws/msk/call";
import { LEVELS } from "@/sandbox/aws/recorder/levels";
import type { Sessions } from "@/sandbox/aws/sts/sessions";
import type { Calls } from "./calls";
import type { Fault, Faults } from "./faults";
import { FAULT_KINDS } from "./faults";
import { beginOperation, endOperation } from "./run-operation";

/** What stands behind the sandbox's own door. It is no part of AWS's API and needs no signature, but a caller on this machine. */
export interface DoorContext {
  msk: MskContext;
  faults: Faults;
  sessions: Sessions;
  calls: Calls;
  now: () => number;
}

type Body = Record<string, unknown>;
type Action = (context: DoorContext, body: Body, query: Map<string, string>) => object | Promise<object>;

const ACTIONS: Record<string, Action> = {
  "GET /_door": ({ msk, faults, calls }) => ({
    clusters: msk.estate.clusters.map(({ name, arn, level, state }) => ({ name, arn, level, state })),
    faults: faults.list(),
    calls: calls.counts(),
  }),
  "POST /_door/fault": ({ faults }, body) => {
    faults.set(faultOf(body));
    return { faults: faults.list() };
  },
  "DELETE /_door/fault": ({ faults }, _, query) => {
    faults.clear(query.get("operation"));
    return { faults: faults.list() };
  },
  "POST /_door/monitoring": ({ msk }, body) => {
    const cluster = clusterNamed(msk, body.cluster);
    const level = LEVELS.find((known) => known === body.level);
    if (level === undefined) throw new Error(`level must be one of ${LEVELS.join(", ")}`);
    cluster.level = level;
    return { cluster: cluster.name, level };
  },
  "POST /_door/operation": async ({ msk, now }, body) => {
    const brokers = Array.isArray(body.brokers) ? body.brokers.map(Number) : [];
    return beginOperation(msk.operations, clusterNamed(msk, body.cluster), textOf(body.type, "type"), brokers, now());
  },
  "DELETE /_door/operation": async ({ msk, now }, _, query) =>
    endOperation(msk.operations, clusterNamed(msk, query.get("cluster")), now, query.get("error")),
  "POST /_door/expire": ({ sessions, now }) => {
    sessions.expireAll(now());
    return {};
  },
};

export const isDoor = ({ path }: WireRequest) => path === "/_door" || path.startsWith("/_door/");

/** Carries out what is asked at the door. A browser is refused: a page of somebody else's could ask. */
export async function openDoor(context: DoorContext, request: WireRequest, remoteAddress: string): Promise<WireResponse> {
  const isHere = /^(::ffff:)?127\.|^::1$/.test(remoteAddress);
  if (!isHere || request.headers.origin !== undefined) return json(403, { message: "The door is for this machine only." });
  const action = ACTIONS[`${request.method} ${request.path}`];
  if (action === undefined) return json(404, { message: `The door knows ${Object.keys(ACTIONS).join(", ")}.` });
  try {
    return json(200, await action(context, bodyOf(request), new Map(queryPairs(request.query))));
  } catch (error) {
    return json(400, { message: error instanceof Error ? error.message : String(error) });
  }
}

const json = (status: number, value: object): WireResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

const bodyOf = ({ body }: WireRequest): Body => (body.length === 0 ? {} : JSON.parse(body.toString("utf8")));

function textOf(value: unknown, name: string): string {
  if (typeof value !== "string" || value === "") throw new Error(`${name} is missing`);
  return value;
}

function clusterNamed({ estate }: MskContext, name: unknown): MskCluster {
  const found = estate.clusters.find((cluster) => cluster.name === name);
  if (found === undefined) throw new Error(`no cluster ${name}; there are ${estate.clusters.map((cluster) => cluster.name).join(", ")}`);
  return found;
}

function faultOf(body: Body): Fault {
  const kind = FAULT_KINDS.find((known) => known === body.kind);
  if (kind === undefined) throw new Error(`kind must be one of ${FAULT_KINDS.join(", ")}`);
  return {
    operation: textOf(body.operation, "operation"),
    kind,
    ...(typeof body.times === "number" ? { times: body.times } : {}),
    ...(typeof body.region === "string" ? { region: body.region } : {}),
    ...(typeof body.cluster === "string" ? { cluster: body.cluster } : {}),
    ...(typeof body.delayMs === "number" ? { delayMs: body.delayMs } : {}),
  };
}
