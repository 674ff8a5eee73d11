/**
 * Keeps kafkajs quiet when idle. Its request queue re-arms a timer about every millisecond per connection whether or not anything
 * waits, and looks for timed-out requests ten times a second. With the hundred connections of the cast that alone would cost more
 * than the traffic. Imported once, before the first client.
 */
import { createRequire } from "node:module";

interface RequestQueue {
  pending: unknown[];
  inflight: Map<number, { sentAt: number; requestTimeout: number; timeoutRequest: () => void }>;
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  requestTimeoutIntervalId?: NodeJS.Timeout;
  isConnected: () => boolean;
  checkPendingRequests: () => void;
  destroy: () => void;
}

const FLOOR_MS = 10;
const TIMEOUT_CHECK_MS = 2_000;

const queueClass: { prototype: object } = createRequire(import.meta.url)("kafkajs/src/network/requestQueue");

Object.assign(queueClass.prototype, {
  scheduleCheckPendingRequests(this: RequestQueue): void {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
    const waitMs = Math.max(FLOOR_MS, this.throttledUntil - Date.now());
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    }, waitMs);
  },

  scheduleRequestTimeoutCheck(this: RequestQueue): void {
    this.destroy();
    this.requestTimeoutIntervalId = setInterval(() => {
      for (const request of this.inflight.values()) {
        if (Date.now() - request.sentAt > request.requestTimeout) request.timeoutRequest();
      }
      if (!this.isConnected()) this.destroy();
    }, TIMEOUT_CHECK_MS);
  },
});
