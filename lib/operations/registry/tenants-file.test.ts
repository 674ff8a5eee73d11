import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { isAppError } from "@/lib/domain/errors";
import { Override } from "@/lib/domain/override";
import { NamePattern, Placement } from "@/lib/domain/placement";
import { PlacedPrincipal, ServicePrincipal } from "@/lib/domain/principal";
import { RecordTenant } from "@/lib/domain/record-tenant";
import { Reported } from "@/lib/domain/reported";
import { Requirements, Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { Context } from "@/lib/operations/context";
import { enterOf } from "@/lib/operations/testing/enter";
import { openStore, readRegistry, type Store } from "@/lib/store";
import { refusal } from "@/scripts/lib/import-tenants.mjs";
import { importRegistry } from "./import-registry";

const ROOT = join(import.meta.dirname, "../../..");
const DOCUMENT = readFileSync(join(ROOT, "docs/tenants-file.md"), "utf8");

/** What each section of the document is about. */
const SECTIONS: Record<string, z.ZodType> = {
  "Fields of `tiers`": Tier,
  "Fields of `tenants`": Tenant,
  "Fields of `requirements`": Requirements,
  "Fields of `placements`": Placement,
  "Fields of `topics` and `groups`": NamePattern,
  "Fields of `principals`": PlacedPrincipal,
  "Fields of `record`": RecordTenant,
  "Fields of `reported`": Reported,
  "Fields of `overrides`": Override,
  "Fields of `services`": ServicePrincipal,
};
/** Schemas whose fields have a section of their own; those of a usage topic's record stand among the topic's. */
const ELSEWHERE = new Set<unknown>([Requirements, Placement, NamePattern, PlacedPrincipal, RecordTenant, Reported, Override]);

/** The schema without what stands around it: absence, defaults, lists, texts that are read as numbers. */
function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodArray) return bare(schema.element);
  if (schema instanceof z.ZodPipe) return bare(schema.in);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodExactOptional || schema instanceof z.ZodNullable)
    return bare(schema.unwrap());
  return schema;
}

/** Every field below a schema by its path; fields that have a section of their own are named and not looked into. */
function fieldsOf(schema: unknown, path: readonly string[] = []): string[] {
  const inner = bare(schema);
  const isOwn = path.length > 0 && ELSEWHERE.has(inner) && path[0] !== "kafka";
  if (!isOwn && inner instanceof z.ZodObject) {
    return Object.entries(inner.shape).flatMap(([name, field]) => fieldsOf(field, [...path, name]));
  }
  const forms = !isOwn && inner instanceof z.ZodUnion ? inner.options.map(bare) : [];
  const objects = forms.filter((form) => form instanceof z.ZodObject);
  if (objects.length > 0) return [...new Set(objects.flatMap((form) => fieldsOf(form, path)))];
  return [path.join(".")];
}

/** The words that a schema takes in some place below it, but for what has a section of its own. */
function wordsOf(schema: unknown, isRoot = true): string[] {
  const inner = bare(schema);
  if (!isRoot && ELSEWHERE.has(inner)) return [];
  if (inner instanceof z.ZodObject) return Object.values(inner.shape).flatMap((field) => wordsOf(field, false));
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => wordsOf(option, isRoot));
  if (inner instanceof z.ZodEnum) return inner.options.map(String);
  return inner instanceof z.ZodLiteral ? [...inner.values].map(String) : [];
}

interface Described {
  properties?: Record<string, Described>;
  anyOf?: Described[];
  oneOf?: Described[];
  [figure: string]: unknown;
}

/** Bounds and defaults of fields, by path, as the description of the schema has them; what whole numbers can hold at most is none. */
function figuresOf(schema: Described, path: readonly string[] = []): [path: string, figure: number | string][] {
  const { properties = {}, anyOf = [], oneOf = [], propertyNames, additionalProperties } = schema;
  const inner = Object.entries(properties).flatMap(([name, field]) => figuresOf(field, [...path, name]));
  const others = [...anyOf, ...oneOf, propertyNames, additionalProperties].filter((one) => typeof one === "object" && one !== null);
  const own = ["maxLength", "maximum", "maxItems", "default"].map((name) => schema[name]);
  const figures = own.filter((figure) => typeof figure === "string" || (typeof figure === "number" && figure !== Number.MAX_SAFE_INTEGER));
  return [
    ...figures.map((figure): [string, number | string] => [path.join("."), figure as number | string]),
    ...inner,
    ...others.flatMap((one) => figuresOf(one as Described, path)),
  ];
}

/** What a section says of a field: everything but the rows of its other fields. */
function toldOf(text: string, field: string): string {
  const others = documentedFields(text).filter((name) => name !== field);
  const lines = text.split("\n").filter((line) => !others.some((name) => line.startsWith(`| \`${name}\` |`)));
  return lines.join("\n");
}

function section(heading: string): string {
  const found = DOCUMENT.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`the document has no section "${heading}"`);
  return found;
}

/** The first column of the section's table of fields. */
function documentedFields(text: string): string[] {
  const [, table = ""] = text.split("| field | type | rule |\n");
  const [rows = ""] = table.split("\n\n");
  return [...rows.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = ""]) => name);
}

const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, of, block = ""]) => (of === language ? [block] : []));

let store: Store;
beforeAll(async () => {
  store = await openStore({ memory: true });
}, 60_000);
afterAll(() => store.close());

function importing(text: string): ReturnType<typeof importRegistry.run> {
  const context = {
    actor: { name: "ada", role: "operator" },
    enter: enterOf(),
    requestId: "r1",
    now: () => new Date("2026-11-23T00:00:00Z"),
    store,
    collector: { clusterIds: async () => new Set(["shared-1"]), reassemble: async () => {} },
  };
  return importRegistry.run(context as unknown as Context, { text });
}

describe.each(Object.entries(SECTIONS))("%s", (heading, schema) => {
  it("are those of the schema, each once", () => {
    expect(documentedFields(section(heading)).toSorted()).toEqual(fieldsOf(schema).toSorted());
  });

  it("tell every bound and default", () => {
    const text = section(heading);
    const fields = documentedFields(text);
    const described = z.toJSONSchema(schema, { io: "input", reused: "inline" }) as Described;
    const untold = figuresOf(described).filter(([field, figure]) => {
      const words = new RegExp(`\\b${figure.toLocaleString("en")}\\b`);
      return fields.includes(field) && !words.test(toldOf(text, field));
    });
    expect(untold).toEqual([]);
  });

  it("name every word that is taken", () => {
    const text = section(heading);
    expect(wordsOf(schema).filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
  });
});

it("knows bounds and defaults at any depth of a schema", () => {
  const described = z.toJSONSchema(z.strictObject({ tiers: z.array(Tier), on: Override.options[0] }), { io: "input" }) as Described;
  expect(figuresOf(described)).toContainEqual(["on.reason", 500]);
  expect(figuresOf(z.toJSONSchema(Tier, { io: "input" }) as Described)).toEqual(
    expect.arrayContaining([
      ["name", 80],
      ["skewAllowance", 10],
      ["skewAllowance", 1.25],
    ]),
  );
});

describe("the examples", () => {
  const [whole = "", wrong = ""] = blocks(DOCUMENT, "yaml");

  it("are taken over, with a value for every field of tiers, tenants and requirements", async () => {
    expect(await importing(whole)).toMatchObject({ tiers: { created: 3 }, tenants: { created: 2 }, services: { created: 2 } });
    const { tiers, tenants } = await readRegistry(store);
    const acme = tenants.find(({ id }) => id === "acme");
    expect(Object.keys(acme ?? {}).toSorted()).toEqual(Object.keys(Tenant.shape).toSorted());
    expect(Object.keys(acme?.requirements ?? {}).toSorted()).toEqual(Object.keys(Requirements.shape).toSorted());
    expect(new Set(acme?.placements.flatMap((placement) => Object.keys(placement)))).toEqual(new Set(Object.keys(Placement.shape)));
    expect(new Set(tiers.flatMap((tier) => Object.keys(tier)))).toEqual(new Set(Object.keys(Tier.shape)));
  });

  it("are taken over in README too", async () => {
    const [example = ""] = blocks(readFileSync(join(ROOT, "README.md"), "utf8"), "yaml");
    expect(await importing(example)).toMatchObject({ tiers: { updated: 1 } });
  });

  it("of a wrong file is answered as told", async () => {
    const error = await importing(wrong).catch((thrown: unknown) => thrown);
    if (!isAppError(error)) throw new Error("the file was accepted");
    const answer = JSON.stringify({ error: { message: error.message, details: error.details } });
    expect(blocks(DOCUMENT, "text")).toEqual([`${refusal("tenants.yaml", 400, answer)}\n`]);
  });
});
