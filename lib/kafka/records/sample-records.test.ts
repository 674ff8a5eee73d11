import { expect, it } from "vitest";
import { openRecordReader } from "./sample-records";

it("reads nothing of a cluster whose connection has samples off, and asks none of its brokers", async () => {
  const reader = openRecordReader({
    id: "c1",
    name: "c1",
    mode: "observe",
    // Whoever asked it would be told that it cannot be reached.
    bootstrap: ["127.0.0.1:1"],
    authentication: { kind: "none" },
    tls: null,
    exporter: null,
    msk: null,
    samples: "off",
  });
  const { value, problems } = await reader.sample({ topic: "orders", partition: 0, offset: 0n, maxBytes: 1, maxRecords: 1 });
  expect(value).toBeNull();
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "forbidden: The cluster's connection has `samples: off`, so none of its records is read.",
  ]);
  reader.close();
});
