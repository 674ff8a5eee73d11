import { describe, expect, it } from "vitest";
import { draftOf, parsePrices } from "./price-draft";

const item = { key: "metric", label: "CloudWatch metric", unit: "metric and month", listed: 0.3, unconfirmed: false, used: true };

describe("the boxes of prices", () => {
  it("hold what is set, and nothing where AWS's figure stands", () => {
    expect(draftOf([{ ...item, dollars: 0.2, from: "set" }])).toEqual({ metric: "0.2" });
    expect(draftOf([{ ...item, dollars: 0.3, from: "aws" }])).toEqual({});
  });

  it.each([
    ["0.204", { metric: 0.204 }],
    ["$12", { metric: 12 }],
    ["  ", {}],
    ["0", { metric: 0 }],
  ])("read %j", (text, prices) => expect(parsePrices({ metric: text })).toEqual({ prices, problem: null }));

  it.each(["1,5", "-1", "free", "1e9", "Infinity"])("refuse %j by name", (text) => {
    expect(parsePrices({ metric: text }).problem).toContain("CloudWatch metric");
  });
});
