import "@/lib/domain/testing/same-draws";
import { listOffsetsV9, offsetFetchV8, offsetFetchV9, Reader, Writer } from "@platformatic/kafka";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAcls } from "./acls";
import { ByteCursor } from "./byte-cursor";
import { ByteWriter } from "./byte-writer";
import { decodeClientQuotas } from "./client-quotas";
import { decodeListOffsets, LIST_OFFSETS } from "./list-offsets";
import { decodeLogDirs } from "./log-dirs";
import { decodeMetadata } from "./metadata";
import { decodeOffsetFetch, type GroupCommits, OFFSET_FETCH } from "./offset-fetch";
import { chooseVersion } from "./operation";
import { SHARE_GROUP_DESCRIBE } from "./share-group-describe";

const NO_ID = "00000000-0000-0000-0000-000000000000";

function ofVersion<V extends { version: number }>(versions: V[], version: number): V {
  const found = versions.find((one) => one.version === version);
  if (!found) throw new Error(`no version ${version}`);
  return found;
}

describe("wire types", () => {
  it("are written and read as the library writes and reads them", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.nat(2 ** 28),
        (text, int, long, length) => {
          const theirs = Writer.create()
            .appendString(text)
            .appendInt32(int)
            .appendInt64(long)
            .appendUnsignedVarInt(length + 1)
            .appendTaggedFields();
          const ours = new ByteWriter().string(text).int32(int).int64(long).compactLength(length).noTags();
          expect(ours.bytes().equals(theirs.buffer)).toBe(true);
          const cursor = new ByteCursor(theirs.buffer);
          expect([cursor.string(), cursor.int32(), cursor.int64(), cursor.compactLength()]).toEqual([text, int, long, length]);
        },
      ),
    );
  });

  it("skips tagged fields of newer brokers", () => {
    const cursor = new ByteCursor(Buffer.from([2, 0, 2, 9, 9, 1, 1, 7, 42]));
    cursor.skipTags();
    expect(cursor.int8()).toBe(42);
  });

  it("refuses an answer that is shorter than it says", () => {
    expect(() => new ByteCursor(Buffer.from([10, 65])).string()).toThrow(RangeError);
  });
});

describe("ListOffsets", () => {
  it("asks as the library asks", () => {
    const { createRequest } = ofVersion(LIST_OFFSETS.versions, 9);
    const theirs = listOffsetsV9.createRequest(-1, 0, [
      { name: "orders", partitions: [0, 2].map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp: -1n })) },
      { name: "ünïcode", partitions: [{ partitionIndex: 7, currentLeaderEpoch: -1, timestamp: 5n }] },
    ]);
    const ours = createRequest([
      { topic: "orders", partitions: [0, 2], times: -1n },
      { topic: "ünïcode", partitions: [7], times: [5n] },
    ]);
    expect(ours.buffer.equals(theirs.buffer)).toBe(true);
  });

  it("hands over every partition with its own error", async () => {
    const answer = Writer.create()
      .appendInt32(0)
      .appendArray(["orders"], (topics, name) => {
        topics.appendString(name).appendArray([0, 6, 9999], (partitions, errorCode, index) => {
          partitions
            .appendInt32(index)
            .appendInt16(errorCode)
            .appendInt64(-1n)
            .appendInt64(errorCode === 0 ? 12n : -1n)
            .appendInt32(0);
        });
      })
      .appendTaggedFields();
    const seen: unknown[] = [];
    await decodeListOffsets({ version: 9, bytes: answer.buffer }, (...taken) => void seen.push(taken));
    expect(seen).toEqual([
      ["orders", 0, 0, 12n, -1n],
      ["orders", 1, 6, -1n, -1n],
      ["orders", 2, 9999, -1n, -1n],
    ]);
  });
});

describe("OffsetFetch", () => {
  it.each([
    [8, offsetFetchV8],
    [9, offsetFetchV9],
  ])("asks in version %i as the library asks", (version, library) => {
    const groups = ["billing", "g".repeat(300)];
    const theirs = library.createRequest(
      groups.map((groupId) => ({ groupId, memberId: null, memberEpoch: -1, topics: null })),
      false,
    );
    expect(ofVersion(OFFSET_FETCH.versions, version).createRequest(groups).buffer.equals(theirs.buffer)).toBe(true);
  });

  it("tells no commit from a commit at zero, and keeps the group's errors", async () => {
    const answer = Writer.create()
      .appendInt32(0)
      .appendArray(["billing", "forbidden"], (groups, id) => {
        const offsets = id === "billing" ? [0n, -1n, 7n] : [];
        groups.appendString(id).appendArray(offsets.length === 0 ? [] : ["orders"], (topics, name) => {
          topics.appendString(name).appendArray(offsets, (partitions, offset, index) => {
            partitions
              .appendInt32(index)
              .appendInt64(offset)
              .appendInt32(-1)
              .appendString("")
              .appendInt16(offset === 7n ? 29 : 0);
          });
        });
        groups.appendInt16(id === "forbidden" ? 30 : 0);
      })
      .appendTaggedFields();
    const seen: GroupCommits[] = [];
    await decodeOffsetFetch(
      { version: 9, bytes: answer.buffer },
      (name) => name,
      (commits) => void seen.push(commits),
    );
    expect(seen).toEqual([
      {
        groupId: "billing",
        errorCode: 0,
        committed: [{ topic: "orders", partition: 0, offset: 0n }],
        failed: [{ topic: "orders", errorCode: 29 }],
      },
      { groupId: "forbidden", errorCode: 30, committed: [], failed: [] },
    ]);
  });
});

describe("Metadata", () => {
  interface WirePartition {
    id: number;
    leader: number;
    replicas: number[];
    errorCode?: number;
  }
  function answer(version: 9 | 12, topics: { name: string; errorCode: number; partitions: WirePartition[] }[]): Buffer {
    const ints = (writer: Writer, values: number[]) =>
      writer.appendArray(values, (list, value) => void list.appendInt32(value), true, false);
    const writer = Writer.create()
      .appendInt32(0)
      .appendArray(
        [1, 2],
        (brokers, id) =>
          void brokers
            .appendInt32(id)
            .appendString(`b-${id}`)
            .appendInt32(9096)
            .appendString(id === 1 ? "az1" : null),
      )
      .appendString("cluster-id")
      .appendInt32(-1)
      .appendArray(topics, (list, topic) => {
        list.appendInt16(topic.errorCode).appendString(topic.name);
        if (version === 12) list.appendUUID(NO_ID);
        list.appendBoolean(topic.name.startsWith("__")).appendArray(topic.partitions, (partitions, { id, leader, replicas, errorCode }) => {
          partitions
            .appendInt16(errorCode ?? 0)
            .appendInt32(id)
            .appendInt32(leader)
            .appendInt32(3);
          ints(ints(ints(partitions, replicas), leader < 0 ? [] : replicas), leader < 0 ? replicas : []);
        });
        list.appendInt32(-1);
      });
    if (version === 9) writer.appendInt32(-1);
    return writer.appendTaggedFields().buffer;
  }

  it.each([9, 12] as const)("version %i keeps leaderless partitions, fills holes, and tells topics in trouble", async (version) => {
    const { facts, failedTopics } = await decodeMetadata({
      version,
      bytes: answer(version, [
        {
          name: "orders",
          errorCode: 0,
          partitions: [
            { id: 2, leader: 1, replicas: [1, 2] },
            { id: 0, leader: -1, replicas: [2], errorCode: 5 },
          ],
        },
        { name: "__consumer_offsets", errorCode: 0, partitions: [{ id: 0, leader: 2, replicas: [2, 1] }] },
        { name: "gone", errorCode: 3, partitions: [] },
      ]),
    });
    expect(facts.brokers).toEqual([
      { id: 1, host: "b-1", port: 9096, rack: "az1" },
      { id: 2, host: "b-2", port: 9096, rack: null },
    ]);
    expect([facts.kafkaClusterId, facts.controllerId]).toEqual(["cluster-id", null]);
    expect([...facts.topics.keys()]).toEqual(["orders", "__consumer_offsets"]);
    expect(facts.topics.get("__consumer_offsets")?.internal).toBe(true);
    expect(facts.topics.get("orders")?.partitions).toEqual([
      { partition: 0, leader: null, replicas: [2], isr: [] },
      { partition: 1, leader: null, replicas: [], isr: [] },
      { partition: 2, leader: 1, replicas: [1, 2], isr: [1, 2] },
    ]);
    expect(failedTopics).toEqual([{ name: "gone", errorCode: 3 }]);
  });
});

describe("DescribeLogDirs", () => {
  function answer(version: 2 | 4): Buffer {
    const writer = Writer.create().appendInt32(0);
    if (version >= 3) writer.appendInt16(0);
    return writer
      .appendArray(["/data"], (dirs, path) => {
        dirs
          .appendInt16(0)
          .appendString(path)
          .appendArray(["orders"], (topics, name) => {
            topics.appendString(name).appendArray([false, true], (partitions, moving) => {
              partitions.appendInt32(0).appendInt64(4096n).appendInt64(0n).appendBoolean(moving);
            });
          });
        if (version >= 4) dirs.appendInt64(1000n).appendInt64(-1n);
      })
      .appendTaggedFields().buffer;
  }

  it.each([
    [2, null, null],
    [4, 1000n, -1n],
  ] as const)("version %i counts a replica that moves once", async (version, totalBytes, usableBytes) => {
    expect(await decodeLogDirs({ version, bytes: answer(version) })).toEqual({
      errorCode: 0,
      dirs: [{ errorCode: 0, path: "/data", replicas: [{ topic: "orders", partition: 0, sizeBytes: 4096 }], totalBytes, usableBytes }],
    });
  });
});

describe("DescribeClientQuotas", () => {
  it("keeps default entities apart from named ones", async () => {
    const answer = Writer.create()
      .appendInt32(0)
      .appendInt16(0)
      .appendString(null)
      .appendArray([null, "acme"], (entries, name) => {
        entries.appendArray(["user"], (entity, type) => void entity.appendString(type).appendString(name));
        entries.appendArray([0.5], (values, value) => void values.appendString("producer_byte_rate").appendFloat64(value));
      })
      .appendTaggedFields();
    const values = [{ key: "producer_byte_rate", value: 0.5 }];
    expect(await decodeClientQuotas({ version: 1, bytes: answer.buffer })).toEqual({
      errorCode: 0,
      errorMessage: null,
      entries: [
        { entity: [{ type: "user", name: null }], values },
        { entity: [{ type: "user", name: "acme" }], values },
      ],
    });
  });
});

describe("DescribeAcls", () => {
  it("tells each ACL with its resource", async () => {
    const answer = Writer.create()
      .appendInt32(0)
      .appendInt16(0)
      .appendString(null)
      .appendArray(["acme."], (resources, name) => {
        resources.appendInt8(2).appendString(name).appendInt8(4);
        resources.appendArray(
          [3, 4],
          (acls, operation) => void acls.appendString("User:acme").appendString("*").appendInt8(operation).appendInt8(3),
        );
      })
      .appendTaggedFields();
    const acl = { resourceType: 2, resourceName: "acme.", patternType: 4, principal: "User:acme", host: "*", permissionType: 3 };
    expect((await decodeAcls({ version: 3, bytes: answer.buffer })).acls).toEqual([
      { ...acl, operation: 3 },
      { ...acl, operation: 4 },
    ]);
  });
});

describe("ShareGroupDescribe", () => {
  it("asks in the words of KIP-932", () => {
    expect([...ofVersion(SHARE_GROUP_DESCRIBE.versions, 1).createRequest(["ab"]).buffer]).toEqual([2, 3, 97, 98, 0, 0]);
  });

  it("reads members with what they are assigned", () => {
    const answer = Writer.create()
      .appendInt32(0)
      .appendArray(["jobs"], (groups, id) => {
        groups
          .appendInt16(0)
          .appendString(null)
          .appendString(id)
          .appendString("Stable")
          .appendInt32(4)
          .appendInt32(4)
          .appendString("simple");
        groups.appendArray(["m-1"], (members, memberId) => {
          members.appendString(memberId).appendString(null).appendInt32(4).appendString("app").appendString("/10.0.0.1");
          members.appendArray(["orders"], (names, name) => void names.appendString(name), true, false);
          members.appendArray(["orders"], (assigned, name) => {
            assigned
              .appendUUID(NO_ID)
              .appendString(name)
              .appendArray([0, 1], (list, partition) => void list.appendInt32(partition), true, false);
          });
          members.appendTaggedFields();
        });
        groups.appendInt32(-1);
      })
      .appendTaggedFields();
    expect(ofVersion(SHARE_GROUP_DESCRIBE.versions, 1).parse(Reader.from(answer))).toEqual([
      {
        errorCode: 0,
        errorMessage: null,
        groupId: "jobs",
        groupState: "Stable",
        assignorName: "simple",
        members: [{ memberId: "m-1", clientId: "app", clientHost: "/10.0.0.1", topics: [{ topicName: "orders", partitions: [0, 1] }] }],
      },
    ]);
  });
});

describe("the version of a call", () => {
  it("is the newest that both sides speak", () => {
    expect(chooseVersion(OFFSET_FETCH, new Map([[9, { min: 1, max: 10 }]])).version).toBe(9);
    expect(chooseVersion(OFFSET_FETCH, new Map([[9, { min: 0, max: 8 }]])).version).toBe(8);
  });

  it("is told to be missing with what the broker offers", () => {
    expect(() => chooseVersion(OFFSET_FETCH, new Map([[9, { min: 0, max: 7 }]]))).toThrow(
      "OffsetFetch needs version 9 or 8; the broker offers versions 0 to 7.",
    );
    expect(() => chooseVersion(SHARE_GROUP_DESCRIBE, new Map())).toThrow("the broker does not offer it");
  });
});
