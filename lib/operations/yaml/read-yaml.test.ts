import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readYaml } from "./read-yaml";

async function problems(text: string) {
  return (await readYaml(text)).problems;
}

describe("readYaml", () => {
  it("reads what the YAML library reads, in block style and as JSON, whatever the values", async () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant("a\n- b\n c: d\n"));
    const entry = fc.dictionary(word, fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(word, leaf, { maxKeys: 3 })), {
      maxKeys: 4,
    });
    const file = fc.dictionary(word, fc.oneof(leaf, entry, fc.array(fc.oneof(leaf, entry), { maxLength: 6 })), { minKeys: 1, maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(file, fc.constantFrom(0, 2), async (value, indent) => {
        const plain = JSON.parse(JSON.stringify(value));
        for (const text of [stringify(value), stringify(value, { indentSeq: false }), JSON.stringify(value, null, indent)]) {
          const read = await readYaml(text);
          expect(read.problems).toEqual([]);
          expect(read.value).toEqual(plain);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("finds the line of a value in every chunk of a long list", async () => {
    const entries = Array.from({ length: 2000 }, (_, index) => `  - id: t${index}\n    name: "Tenant ${index}"\n`);
    const text = `# head\ntiers:\n  - id: gold\ntenants:\n${entries.join("")}`;
    const { lineOf } = await readYaml(text);
    for (const index of [0, 1, 137, 1500, 1999]) {
      expect(lineOf(["tenants", index])).toBe(5 + index * 2);
      expect(lineOf(["tenants", index, "name"])).toBe(6 + index * 2);
      expect(lineOf(["tenants", index, "missing"])).toBe(5 + index * 2);
    }
    expect(lineOf(["tiers", 0, "id"])).toBe(3);
    expect(lineOf(["tenants"])).toBe(4);
    expect(lineOf(["nothing"])).toBe(1);
  });

  it("finds the line of a value in JSON", async () => {
    const entries = Array.from({ length: 2000 }, (_, index) => ({ id: `t${index}`, note: 'quote " and ] bracket' }));
    const { lineOf, value } = await readYaml(JSON.stringify({ tenants: entries }, null, 2));
    expect(value).toEqual({ tenants: entries });
    expect(lineOf(["tenants", 0, "id"])).toBe(4);
    expect(lineOf(["tenants", 1500, "id"])).toBe(4 + 1500 * 4);
  });

  it.each([
    ["a duplicate key in an entry", "tenants:\n  - id: a\n    id: b\n", 3],
    ["a top-level key that is there twice", "tenants:\n  - id: a\ntiers: []\ntenants:\n  - id: b\n", 4],
    ["a duplicate key in JSON", '{"tenants": [\n{"id": 1,\n"id": 2}]}', 3],
    ["an alias", "tenants:\n  - &a { id: a }\n  - *a\n", 3],
    ["an alias of another chunk", `tenants:\n  - &a { id: a }\n${"  - { id: bbbbbbbbbbbbbbbbbb }\n".repeat(1000)}  - *a\n`, 1003],
    ["a tag", "tenants:\n  - !secret { id: a }\n", 2],
    ["a quote that stays open", 'tenants:\n  - id: "a\n', 3],
    ["a bracket that stays open", "tenants:\n  - id: [a\n", 3],
    ["a tab as indentation", "tenants:\n\t- id: a\n", 2],
    ["a second document", "tenants: []\n---\ntenants: []\n", 2],
    ["broken JSON", '{"tenants": [{"id": "a"}', 1],
  ])("refuses %s and names its line", async (_what, text, line) => {
    expect((await problems(text))[0]).toMatchObject({ line });
  });

  it("refuses nesting that would exhaust the stack", async () => {
    expect(await problems(`tenants: ${"[".repeat(20_000)}`)).not.toEqual([]);
    expect(await problems(`{"tenants": ${"[".repeat(20_000)}${"]".repeat(20_000)}}`)).not.toEqual([]);
  });

  it("does not let a key reach the prototype", async () => {
    const { value } = await readYaml("tenants:\n  - __proto__: { polluted: true }\n");
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys((value as { tenants: object[] }).tenants[0] ?? {})).toEqual(["__proto__"]);
  });

  it("lists at most 200 problems", async () => {
    expect(await problems(`tenants:\n${"  - { a: 1, a: 2 }\n".repeat(1000)}`)).toHaveLength(200);
  });

  it("reads an empty file as nothing", async () => {
    expect((await readYaml("")).value).toBeNull();
    expect((await readYaml("# only a remark\n")).value).toBeNull();
  });
});
