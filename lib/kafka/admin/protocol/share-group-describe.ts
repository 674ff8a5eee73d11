import { type Reader, Writer } from "@platformatic/kafka";
import type { Operation } from "./operation";

export interface ShareGroupAnswer {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  assignorName: string;
  members: {
    memberId: string;
    clientId: string;
    clientHost: string;
    topics: { topicName: string; partitions: number[] }[];
  }[];
}

/** ShareGroupDescribe 1 (KIP-932, Kafka 4.1), which the library does not have. */
export const SHARE_GROUP_DESCRIBE: Operation<[groupIds: string[]], ShareGroupAnswer[]> = {
  name: "ShareGroupDescribe",
  key: 77,
  versions: [{ version: 1, createRequest, parse }],
};

/** [group_ids] include_authorized_operations */
function createRequest(groupIds: string[]): Writer {
  return Writer.create()
    .appendArray(groupIds, (writer, id) => void writer.appendString(id), true, false)
    .appendBoolean(false)
    .appendTaggedFields();
}

/**
 * throttle_time_ms [groups: error_code error_message group_id group_state group_epoch assignment_epoch assignor_name
 * [members: member_id rack_id member_epoch client_id client_host [subscribed_topic_names] assignment] authorized_operations]
 */
function parse(reader: Reader): ShareGroupAnswer[] {
  reader.readInt32();
  return reader.readArray((group) => {
    const answer = {
      errorCode: group.readInt16(),
      errorMessage: group.readNullableString(),
      groupId: group.readString(),
      groupState: group.readString(),
    };
    group.readInt32();
    group.readInt32();
    const assignorName = group.readString();
    const members = group.readArray(parseMember);
    group.readInt32();
    return { ...answer, assignorName, members };
  });
}

function parseMember(reader: Reader): ShareGroupAnswer["members"][number] {
  const memberId = reader.readString();
  reader.readNullableString();
  reader.readInt32();
  const clientId = reader.readString();
  const clientHost = reader.readString();
  reader.readArray((topics) => topics.readString(), true, false);
  const topics = reader.readArray((assigned) => {
    assigned.readUUID();
    const topicName = assigned.readString();
    return { topicName, partitions: assigned.readArray((partitions) => partitions.readInt32(), true, false) };
  });
  reader.readTaggedFields();
  return { memberId, clientId, clientHost, topics };
}
