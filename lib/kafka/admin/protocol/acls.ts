import { type AclFilter, describeAclsV2, describeAclsV3 } from "@platformatic/kafka";
import { createBreath } from "./breath";
import { ByteCursor } from "./byte-cursor";
import { type RawAnswer, undecoded } from "./operation";

export const DESCRIBE_ACLS = undecoded<[filter: AclFilter]>("DescribeAcls", describeAclsV3, describeAclsV2);

/** One ACL in Kafka's numbers. */
export interface WireAcl {
  resourceType: number;
  resourceName: string;
  patternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
}

export interface AclsAnswer {
  errorCode: number;
  errorMessage: string | null;
  acls: WireAcl[];
}

/**
 * Decodes DescribeAcls 2 and 3: throttle_time_ms error_code error_message [resources: type name pattern_type
 * [acls: principal host operation permission_type]].
 */
export async function decodeAcls({ bytes }: RawAnswer): Promise<AclsAnswer> {
  const cursor = new ByteCursor(bytes);
  const breath = createBreath();
  cursor.int32();
  const answer: AclsAnswer = { errorCode: cursor.int16(), errorMessage: cursor.nullableString(), acls: [] };
  for (let left = cursor.compactLength(); left > 0; left -= 1) {
    const resource = { resourceType: cursor.int8(), resourceName: cursor.string(), patternType: cursor.int8() };
    for (let acls = cursor.compactLength(); acls > 0; acls -= 1) {
      const permission = { principal: cursor.string(), host: cursor.string(), operation: cursor.int8(), permissionType: cursor.int8() };
      answer.acls.push({ ...resource, ...permission });
      cursor.skipTags();
    }
    cursor.skipTags();
    const pause = breath();
    if (pause) await pause;
  }
  return answer;
}
