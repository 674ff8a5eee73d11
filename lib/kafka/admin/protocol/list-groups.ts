import { listGroupsV4, listGroupsV5 } from "@platformatic/kafka";
import { createBreath } from "./breath";
import { ByteCursor } from "./byte-cursor";
import { type RawAnswer, undecoded } from "./operation";

/** Empty filters: every group of every type. */
export const LIST_GROUPS = undecoded<[states: never[], types: never[]]>("ListGroups", listGroupsV5, listGroupsV4);

export interface ListedGroup {
  id: string;
  protocolType: string;
  state: string;
  /** Told from Kafka 3.8 on. */
  type: string | null;
}

/** Decodes ListGroups 4 and 5: throttle_time_ms error_code [groups: group_id protocol_type group_state (5: group_type)]. */
export async function decodeListGroups({ version, bytes }: RawAnswer): Promise<{ errorCode: number; groups: ListedGroup[] }> {
  const cursor = new ByteCursor(bytes);
  const breath = createBreath();
  cursor.int32();
  const errorCode = cursor.int16();
  const groups: ListedGroup[] = [];
  for (let left = cursor.compactLength(); left > 0; left -= 1) {
    const group = { id: cursor.string(), protocolType: cursor.string(), state: cursor.string() };
    groups.push({ ...group, type: version >= 5 ? cursor.string() : null });
    cursor.skipTags();
    const pause = breath();
    if (pause) await pause;
  }
  return { errorCode, groups };
}
