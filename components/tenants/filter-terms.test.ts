import { describe, expect, test } from "vitest";
import { completionsOf, termProblem } from "./filter-completions";
import { joinFilter, lastToken, settledWords, splitFilter } from "./filter-terms";
import { readListQuery } from "./tenant-address";

describe("the filter's text", () => {
  test.each([
    ["", [], ""],
    ["acme", [], "acme"],
    ["tier:gold acme lag:>10m", ["tier:gold", "lag:>10m"], "acme"],
    ['tier:"very gold" x', ['tier:"very gold"'], "x"],
    ["tier:gold tier:gold", ["tier:gold"], ""],
    ["tier:", [], "tier:"],
  ])("%j is terms %j and words %j", (text, terms, words) => expect(splitFilter(text)).toEqual({ terms, words }));

  test("comes back the same", () => {
    for (const text of ["tier:gold lag:>10m acme retail", "acme", "", "model:pool"]) expect(joinFilter(splitFilter(text))).toBe(text);
  });

  test("a term that is still being typed is not searched for", () => {
    expect(settledWords("acme tier:")).toBe("acme");
    expect(settledWords("acme")).toBe("acme");
    expect(lastToken("acme ti")).toBe("ti");
    expect(lastToken("acme ")).toBe("");
  });
});

describe("completion", () => {
  const known = { tiers: ["gold", "silver"], clusters: ["shared-1"] };
  const texts = (token: string) => completionsOf(token, known).map((each) => each.text);

  test("offers keys, then the values that exist", () => {
    expect(texts("ti")).toEqual(["tier:"]);
    expect(texts("tier:")).toEqual(["tier:gold", "tier:silver"]);
    expect(texts("tier:g")).toEqual(["tier:gold"]);
    expect(texts("cluster:")).toEqual(["cluster:shared-1"]);
    expect(texts("tier:gold")).toEqual([]);
    expect(texts("nothing:")).toEqual([]);
  });

  test("everything it offers is understood by the list", () => {
    for (const key of texts("")) for (const text of texts(key)) expect(termProblem(text)).toBeNull();
  });

  test("says what could have been written", () => {
    expect(termProblem("lag:soon")).toContain("lag:>10m");
    expect(termProblem("model:bogus")).toContain("bridge");
  });
});

describe("the address", () => {
  test("what is missing or means nothing is the default", () => {
    const usual = { q: "", view: "all", sort: "attention", order: "desc", cluster: null, spark: "6h" };
    expect(readListQuery({})).toEqual(usual);
    expect(readListQuery({ view: "bogus", sort: "", order: "up", cluster: "", range: "5y" })).toEqual(usual);
  });

  test("what is given is taken", () => {
    expect(readListQuery({ q: "tier:gold", view: "lag", sort: "name", order: "asc", cluster: "shared-1", range: "24h" })).toEqual({
      q: "tier:gold",
      view: "lag",
      sort: "name",
      order: "asc",
      cluster: "shared-1",
      spark: "24h",
    });
  });
});
