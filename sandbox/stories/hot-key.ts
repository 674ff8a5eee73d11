import { produce } from "@/sandbox/tenants/produce";
import { castMember } from "./cast-member";
import type { Story } from "./story";

/** Broker 1, 2 or 3 lets 25 kB/s of it through, and 60 kB/s are promised in all. */
const TERN = castMember("tern");

export const HOT_KEY: Story = {
  name: "hot-key",
  tells: "tern sends 40 kB/s under one key: the partition's broker holds it back at 25 kB/s, while 60 kB/s are promised",
  play: async (session, began) => {
    const stream = {
      topic: "tern.bookings",
      shape: "booking",
      bytesPerSecond: 40_000,
      everyMs: 500,
      recordBytes: [2_000, 6_000],
      hotKey: "flight-TN-101",
      swing: 0,
    } as const;
    began();
    await produce(session, { ...TERN, streams: [stream] });
  },
  undo: async () => undefined,
};
