import type { AclFact, AclResourceType, Reading } from "@/lib/domain/facts";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import { problemOf } from "@/lib/kafka/problems/failure";
import type { BrokerSet } from "./link/broker-set";
import { DESCRIBE_ACLS, decodeAcls, type WireAcl } from "./protocol/acls";

const ANY = 1;
const EVERYTHING = {
  resourceType: ANY,
  resourceName: null,
  resourcePatternType: ANY,
  principal: null,
  host: null,
  operation: ANY,
  permissionType: ANY,
} as const;

const PREFIXED = 4;
const DENY = 2;

/** Kafka's numbers of ACL resource types and operations (KIP-140, KIP-373, KIP-939). */
const RESOURCE_TYPES = new Map<number, AclResourceType>([
  [2, "topic"],
  [3, "group"],
  [4, "cluster"],
  [5, "transactional-id"],
  [6, "delegation-token"],
  [7, "user"],
]);
const OPERATIONS = new Map<number, string>([
  [2, "all"],
  [3, "read"],
  [4, "write"],
  [5, "create"],
  [6, "delete"],
  [7, "alter"],
  [8, "describe"],
  [9, "cluster-action"],
  [10, "describe-configs"],
  [11, "alter-configs"],
  [12, "idempotent-write"],
  [13, "create-tokens"],
  [14, "describe-tokens"],
  [15, "two-phase-commit"],
]);

/** All ACLs. Needs DESCRIBE on the cluster. null: not answered, or no authorizer, which is not the same as no ACLs. */
export async function readAcls(brokers: BrokerSet): Promise<Reading<AclFact[] | null>> {
  try {
    const { answer, brokerId } = await brokers.any(DESCRIBE_ACLS, [EVERYTHING]);
    const { errorCode, errorMessage, acls } = await decodeAcls(answer);
    if (errorCode !== 0) {
      const context = { operation: "DescribeAcls", sentence: errorMessage, ...(brokerId === undefined ? {} : { brokerId }) };
      return { value: null, problems: [problemOfCode(errorCode, context)] };
    }
    return { value: acls.map(aclFact), problems: [] };
  } catch (error) {
    return { value: null, problems: [problemOf("DescribeAcls", error)] };
  }
}

/** An ACL in our words. */
export function aclFact({ resourceType, resourceName, patternType, principal, host, operation, permissionType }: WireAcl): AclFact {
  return {
    resourceType: RESOURCE_TYPES.get(resourceType) ?? "unknown",
    resourceName,
    patternType: patternType === PREFIXED ? "prefixed" : "literal",
    principal,
    host,
    operation: OPERATIONS.get(operation) ?? `operation-${operation}`,
    permission: permissionType === DENY ? "deny" : "allow",
  };
}
