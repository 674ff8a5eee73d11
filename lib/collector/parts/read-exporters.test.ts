import { expect, it } from "vitest";
import type { ExporterFacts } from "@/lib/domain/facts";
import { createExporterReader } from "./read-exporters";

const BROKERS = [{ id: 1, host: "b1", port: 9096, rack: null }];
const at = (second: number): string => new Date(second * 1000).toISOString();

function facts(second: number, bytesInTotal: number): ExporterFacts {
  return { brokerId: 1, at: at(second), clients: [], topics: new Map([["t", { bytesInTotal }]]), broker: { bytesInTotal } };
}

function reader(...answers: ExporterFacts[]) {
  let next = 0;
  return createExporterReader(async () => ({ facts: [answers[next++]].filter((each) => each !== undefined), problems: [] }));
}

it("makes a rate of what was counted between two readings", async () => {
  const exporters = reader(facts(0, 100), facts(60, 700));
  await exporters.read(BROKERS);
  const { meters } = await exporters.read(BROKERS);
  expect(meters.get(1)?.topics.get("t")?.bytesInPerSecond).toBe(10);
});

it("keeps the last rate while a Prometheus tells the same scrape again", async () => {
  const exporters = reader(facts(0, 100), facts(60, 700), facts(60, 700), facts(120, 700));
  const rates: (number | undefined)[] = [];
  for (let reading = 0; reading < 4; reading += 1) {
    const { meters } = await exporters.read(BROKERS);
    rates.push(meters.get(1)?.topics.get("t")?.bytesInPerSecond);
  }
  expect(rates.slice(1)).toEqual([10, 10, 0]);
});
