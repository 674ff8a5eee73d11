import RequestQueue from "kafkajs/src/network/requestQueue/index.js";
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
