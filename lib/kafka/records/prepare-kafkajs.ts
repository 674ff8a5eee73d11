import RequestQueue from "kafkajs/src/network/requestQueue/index.js";
import Decoder from "kafkajs/src/protocol/decoder.js";
import protocol from "kafkajs/src/protocol/requests/index.js";
import { registerCodecs } from "./codecs";

/** kafkajs checks its waiting requests at most this often. */
const CHECK_FLOOR_MS = 10;

const PREPARED = Symbol.for("tenant-console.kafkajs");

/** Changes kafkajs where it must be changed before its first use. Once per process, also across hot reload. */
export function prepareKafkajs(): void {
  const marked = RequestQueue.prototype as RequestQueue & { [PREPARED]?: true };
  if (marked[PREPARED]) return;
  marked[PREPARED] = true;
  tolerateMetadataErrors();
  quietRequestQueue();
  gatherHeadersOnce();
  registerCodecs();
}

/**
 * Its Metadata throws on the first topic or partition in trouble, so that one leaderless partition hides a whole cluster
 * (tulios/kafkajs#1460). Here the answer is handed over as decoded; who reads it looks at the error codes.
 */
function tolerateMetadataErrors(): void {
  const original = protocol.requests.Metadata;
  protocol.requests.Metadata = {
    ...original,
    protocol: (options) => {
      const create = original.protocol(options);
      return (args) => {
        const { request, response } = create(args);
        return { request, response: { ...response, parse: async (decoded) => decoded } };
      };
    },
  };
}

/** Its queue arms a timer for ever, idle or not, with negative delays when throttled (tulios/kafkajs#1704, #1751). */
function quietRequestQueue(): void {
  RequestQueue.prototype.scheduleCheckPendingRequests = function schedule(this: RequestQueue) {
    if (this.pending.length === 0 || this.throttleCheckTimeoutId) return;
    const delayMs = Math.max(this.throttledUntil - Date.now(), CHECK_FLOOR_MS);
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    }, delayMs);
  };
}

/** A record's headers as they are decoded. kafkajs gathers them with `reduce`, and so they gather themselves: its function is not asked. */
class HeaderList extends Array<Decoder.WireHeader> {
  override reduce(): never {
    const byName: Record<string, Buffer | null | (Buffer | null)[]> = Object.create(null);
    for (const { key, value } of this) {
      const known = byName[key];
      if (known === undefined) byName[key] = value;
      else if (Array.isArray(known)) known.push(value);
      else byName[key] = [known, value];
    }
    return byName as never;
  }
}

/**
 * It copies all headers of a record for each of them, so that one record with 8,000 holds the process for ten seconds; and a header with
 * the name of something that every object has came with that beside its value.
 */
function gatherHeadersOnce(): void {
  const original = Decoder.prototype.readVarIntArray;
  Decoder.prototype.readVarIntArray = function read(this: Decoder, reader) {
    return HeaderList.from(original.call(this, reader)) as HeaderList;
  };
}
