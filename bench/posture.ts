/** What the slow checks cost on a cluster of many tenants: one core's time, and the longest time in which no request is answered. */
import { watchLoop } from "@/lib/collector/loop-watch";
import { runSlices } from "@/lib/collector/run-slices";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { AclFact } from "@/lib/domain/facts";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { clusterPostureSteps, fleetPostureSteps } from "@/lib/domain/posture/posture-steps";
import { AT, cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { report } from "./lib/row";

const TENANTS = 10_000;
const TOPICS_EACH = 4;
const ROUNDS = 3;

const tenants = Array.from({ length: TENANTS }, (_, at) => tenant(`t${String(at).padStart(5, "0")}`));
const acl = (user: string, operation: string, resourceType: AclFact["resourceType"], resourceName: string): AclFact => ({
  resourceType,
  resourceName,
  patternType: "prefixed",
  principal: `User:${user}`,
  host: "*",
  operation,
  permission: "allow",
});
/** Five a tenant; the last tenth of the tenants has prefixes that reach others. */
const acls = tenants.flatMap(({ id }, at) => {
  const prefix = at >= TENANTS * 0.9 ? id.slice(0, 4) : `${id}.`;
  return [
    acl(id, "read", "topic", prefix),
    acl(id, "write", "topic", prefix),
    acl(id, "describe", "topic", prefix),
    acl(id, "read", "group", prefix),
    acl(id, "write", "transactional-id", prefix),
  ];
});
const topics = tenants.flatMap(({ id }) => Array.from({ length: TOPICS_EACH }, (_, at) => `${id}.topic-${at}`));
const snapshot = { ...cluster({ topics, quotas: tenants.map(({ id }) => rule({ user: id }, 1_000_000)) }), acls };
const { fleet } = assembleFleet({ registry: registry(tenants), clusters: [snapshot], memory: EMPTY_MEMORY, at: AT });

let seconds = Number.POSITIVE_INFINITY;
let delayMs = 0;
let ownDelayMs = 0;
let findings = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  const loop = watchLoop();
  const before = process.cpuUsage();
  const swept = await runSlices(clusterPostureSteps({ fleet, cluster: snapshot, connection: null, sample: null }, AT));
  await runSlices(fleetPostureSteps(fleet, AT));
  // The turn in which the last slice ended counts too.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { user, system } = process.cpuUsage(before);
  const { maxMs, ownMaxMs } = loop.take();
  loop.stop();
  seconds = Math.min(seconds, (user + system) / 1e6);
  delayMs = Math.max(delayMs, maxMs);
  ownDelayMs = Math.max(ownDelayMs, ownMaxMs);
  findings = swept.findings.length;
}

const at = `${TENANTS} tenants, ${topics.length} topics, ${acls.length} ACLs, ${findings} findings`;
report({ what: "posture, one core", at, figure: `${seconds.toFixed(2)} s`, reference: "", reach: "≤ 2 s", met: seconds <= 2 });
report({
  what: "posture, event loop delay",
  at,
  figure: `${ownDelayMs.toFixed(0)} ms of its own, ${delayMs.toFixed(0)} ms on the clock`,
  reference: "",
  reach: "≤ 100 ms",
  met: ownDelayMs <= 100,
});
