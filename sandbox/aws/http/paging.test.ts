import { describe, expect, it } from "vitest";
import { pageOf } from "./paging";

const page = (items: string[], nextToken?: string, maxResults?: number) =>
  pageOf("letters", items, (item) => item, { nextToken, maxResults }, 2);

describe("a page", () => {
  it("is never larger than the service's own, and smaller on demand", () => {
    expect(page(["a", "b", "c"])?.items).toEqual(["a", "b"]);
    expect(page(["a", "b", "c"], undefined, 100)?.items).toEqual(["a", "b"]);
    expect(page(["a", "b", "c"], undefined, 1)?.items).toEqual(["a"]);
  });

  it("has no token when it is the last", () => {
    expect(page(["a", "b"])).toEqual({ items: ["a", "b"] });
    expect(page([])).toEqual({ items: [] });
  });

  it("goes on after the same item when others came before it, and at the same place when it is gone", () => {
    const { nextToken = "" } = page(["a", "b", "c"]) ?? {};
    expect(page(["0", "a", "b", "c"], nextToken)?.items).toEqual(["c"]);
    expect(page(["a", "c", "d"], nextToken)?.items).toEqual(["d"]);
  });

  it("refuses a token of another list and one that is none", () => {
    const { nextToken = "" } = pageOf("numbers", ["1", "2", "3"], (item) => item, { nextToken: undefined }, 2) ?? {};
    expect(page(["a", "b", "c"], nextToken)).toBeNull();
    expect(page(["a", "b", "c"], "not a token")).toBeNull();
  });
});
