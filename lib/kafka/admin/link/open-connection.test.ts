import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { Writer } from "@platformatic/kafka";
import { afterEach, describe, expect, it } from "vitest";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { decodeListGroups, LIST_GROUPS } from "@/lib/kafka/admin/protocol/list-groups";
import { CREATE_PARTITIONS, FIND_COORDINATOR } from "@/lib/kafka/admin/protocol/operations";
import { listGroupsAnswer } from "@/lib/kafka/testing/fake-answers";
import { createManualClock } from "@/lib/kafka/testing/manual-clock";
import { openConnection } from "./open-connection";

const CONNECTION: ResolvedConnection = {
  id: "fake",
  name: "fake",
  mode: "observe",
  bootstrap: [],
  authentication: { kind: "none" },
  tls: null,
  exporter: null,
  msk: null,
};
const API_VERSIONS = 18;

interface Frame {
  apiKey: number;
  correlationId: number;
  reply(answer: Writer | Buffer): void;
}

let server: Server | null = null;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server?.close();
  server = null;
});

/** A broker on loopback that hands every request to `onFrame`. */
async function listen(onFrame: (frame: Frame, socket: Socket) => void): Promise<{ host: string; port: number }> {
  server = createServer((socket) => {
    sockets.push(socket);
    let buffered = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      buffered = Buffer.concat([buffered, chunk]);
      while (buffered.length >= 4 && buffered.length >= 4 + buffered.readInt32BE(0)) {
        const frame = buffered.subarray(4, 4 + buffered.readInt32BE(0));
        buffered = buffered.subarray(4 + frame.length);
        onFrame(frameOf(frame, socket), socket);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}

function frameOf(bytes: Buffer, socket: Socket): Frame {
  const apiKey = bytes.readInt16BE(0);
  const correlationId = bytes.readInt32BE(4);
  const reply = (answer: Writer | Buffer) => {
    const body = Buffer.isBuffer(answer) ? answer : answer.buffer;
    const head = Buffer.alloc(apiKey === API_VERSIONS ? 8 : 9);
    head.writeInt32BE(head.length - 4 + body.length, 0);
    head.writeInt32BE(correlationId, 4);
    socket.write(Buffer.concat([head, body]));
  };
  return { apiKey, correlationId, reply };
}

/** ApiVersions 3 of a broker that lists and finds groups and makes partitions in versions 0 to 5. */
function versionsAnswer(): Writer {
  return Writer.create()
    .appendInt16(0)
    .appendArray(
      [LIST_GROUPS.key, FIND_COORDINATOR.key, CREATE_PARTITIONS.key],
      (apis, key) => void apis.appendInt16(key).appendInt16(0).appendInt16(5),
    )
    .appendInt32(0)
    .appendTaggedFields();
}

/** Answers ApiVersions and hands over everything else. */
function greet(onFrame: (frame: Frame, socket: Socket) => void): (frame: Frame, socket: Socket) => void {
  return (frame, socket) => (frame.apiKey === API_VERSIONS ? frame.reply(versionsAnswer()) : onFrame(frame, socket));
}

describe("one connection", () => {
  it("knows what the broker offers once it is open", async () => {
    const address = await listen(greet((frame) => frame.reply(listGroupsAnswer([{ id: "billing" }]))));
    const connection = await openConnection(CONNECTION, address, 3_000, createManualClock());
    expect(connection.offer.versions.get(LIST_GROUPS.key)).toEqual({ min: 0, max: 5 });
    const answer = await connection.send(LIST_GROUPS, [[], []], 3_000);
    expect((await decodeListGroups(answer)).groups.map(({ id }) => id)).toEqual(["billing"]);
    connection.close();
    expect(connection.closed).toBe(true);
    await expect(connection.send(LIST_GROUPS, [[], []], 3_000)).rejects.toThrow("was closed");
  });

  it("gives up on a broker that lets nobody in within the deadline", async () => {
    const clock = createManualClock();
    let heard = () => {};
    const greeted = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const address = await listen(() => heard());
    const opening = openConnection(CONNECTION, address, 3_000, clock);
    await greeted;
    clock.advance(3_000);
    await expect(opening).rejects.toMatchObject({ code: "timeout" });
    expect(clock.waiting()).toEqual([]);
  });

  it("gives each request its deadline from when it is the broker's turn, and takes no harm from an answer that is late", async () => {
    const clock = createManualClock();
    const frames: Frame[] = [];
    const arrived = () => new Promise<void>((resolve) => setImmediate(resolve));
    const address = await listen(greet((frame) => void frames.push(frame)));
    const connection = await openConnection(CONNECTION, address, 3_000, clock);
    const calls = [1, 2, 3].map(() => connection.send(LIST_GROUPS, [[], []], 3_000));
    while (frames.length < 2) await arrived();
    expect(clock.waiting()).toEqual([3_000]);
    clock.advance(2_999);
    frames[0]?.reply(listGroupsAnswer([]));
    await calls[0];
    expect(clock.waiting()).toEqual([3_000]);
    while (frames.length < 3) await arrived();
    const rest = Promise.allSettled(calls.slice(1));
    clock.advance(3_000);
    frames[1]?.reply(listGroupsAnswer([]));
    expect(await rest).toMatchObject([
      { status: "rejected", reason: { code: "timeout" } },
      { status: "rejected", reason: { code: "timeout" } },
    ]);
    expect(connection.closed).toBe(true);
  });

  it("fails everything under way when the broker ends the connection", async () => {
    const address = await listen(greet((_frame, socket) => void socket.destroy()));
    const connection = await openConnection(CONNECTION, address, 3_000, createManualClock());
    const calls = [1, 2, 3].map(() => connection.send(LIST_GROUPS, [[], []], 3_000));
    for (const outcome of await Promise.allSettled(calls))
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "unreachable" } });
  });

  it("tells which requests went out, so that one that waited is known not to have arrived", async () => {
    const address = await listen(greet((_frame, socket) => void socket.destroy()));
    const connection = await openConnection(CONNECTION, address, 3_000, createManualClock());
    const sent: number[] = [];
    const calls = [1, 2, 3].map((each) => connection.send(LIST_GROUPS, [[], []], 3_000, () => sent.push(each)));
    await Promise.allSettled(calls);
    expect(sent).toEqual([1, 2]);
  });

  it("sends nothing of a request that cannot be written", async () => {
    const frames: Frame[] = [];
    const address = await listen(greet((frame) => void frames.push(frame)));
    const connection = await openConnection(CONNECTION, address, 3_000, createManualClock());
    let sent = false;
    const outOfRange = [[{ name: "orders", count: 2 ** 40, assignments: null }], 1_000, false] as const;
    const call = connection.send(CREATE_PARTITIONS, [...outOfRange] as never, 3_000, () => {
      sent = true;
    });
    await expect(call).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("cannot be asked like this") });
    expect([sent, frames]).toEqual([false, []]);
    connection.close();
  });

  it("says so when an answer cannot be read", async () => {
    const address = await listen(greet((frame) => frame.reply(Buffer.from([0, 0, 0, 0, 250]))));
    const connection = await openConnection(CONNECTION, address, 3_000, createManualClock());
    await expect(connection.send(FIND_COORDINATOR, [0, ["billing"]], 3_000)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("FindCoordinator"),
    });
    connection.close();
  });
});
