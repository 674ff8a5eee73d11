import { exactBytes, exactSpan } from "@/lib/domain/change/exact-words";
import { MODELS } from "@/lib/domain/isolation";
import { Slug } from "@/lib/domain/slug";
import type { Tier } from "@/lib/domain/tier";
import { parseByteRate, parseBytes, parseDurationMs } from "@/lib/domain/units";

/** A tier as a form holds it: all of it text, empty where the tier says nothing. */
export type TierDraft = Record<TierField, string>;
export type TierField =
  | "id"
  | "name"
  | "model"
  | "produce"
  | "consume"
  | "requestPercent"
  | "retention"
  | "retentionMax"
  | "size"
  | "sizeMax"
  | "partitionsPerTopic"
  | "partitionsTotal"
  | "lagObjective"
  | "storage"
  | "price"
  | "skew";

interface Quantity {
  parse: (text: string) => number | null;
  /** Completes "Write …". */
  examples: string;
  least: number;
  /** Why less cannot be had. */
  below: string;
  most?: { value: number; says: string };
}

const decimal = (text: string): number | null => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : null);
const whole = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);
const percent = (text: string): number | null => decimal(text.replace(/\s*%$/, ""));

const RATE: Quantity = {
  parse: parseByteRate,
  examples: "20 MB/s or 800 kB/s, or nothing for no promise",
  least: 1,
  below: "Kafka has no quota of 0. Leave it empty to promise nothing.",
};
const SPAN: Quantity = {
  parse: parseDurationMs,
  examples: "3 days, 12 hours or 90 min",
  least: 1,
  below: "0 would delete everything at once, which is no retention.",
};
const SIZE: Quantity = {
  parse: parseBytes,
  examples: "1 MiB, 1.5 MB or 512 KiB",
  least: 1,
  below: "No message is 0 bytes large.",
  most: { value: 2_147_483_647, says: "Kafka keeps this size in 32 bits: at most 2147483647 bytes." },
};
const COUNT: Quantity = { parse: whole, examples: "a whole number, such as 12", least: 1, below: "A topic has at least one partition." };

const QUANTITIES: Record<Exclude<TierField, "id" | "name" | "model">, Quantity> = {
  produce: RATE,
  consume: RATE,
  requestPercent: {
    parse: percent,
    examples: "200 %, of one thread",
    least: Number.MIN_VALUE,
    below: "Kafka has no quota of 0. Leave it empty to promise nothing.",
    most: { value: 1_000_000, says: "At most 1000000 %." },
  },
  retention: SPAN,
  retentionMax: SPAN,
  size: SIZE,
  sizeMax: SIZE,
  partitionsPerTopic: COUNT,
  partitionsTotal: COUNT,
  storage: { parse: parseBytes, examples: "500 GB or 2 TiB", least: 1, below: "Leave it empty where storage is not sold by size." },
  lagObjective: { parse: parseDurationMs, examples: "5 min or 30 s", least: 1, below: "Nobody can be 0 behind at all times." },
  price: { parse: (text) => decimal(text.replaceAll(",", "")), examples: "a number, such as 890 or 49.50", least: 0, below: "" },
  skew: {
    parse: decimal,
    examples: "a factor from 1 to 10, such as 1.25",
    least: 1,
    below: "Below 1 a broker would get less than its even part.",
    most: { value: 10, says: "At most 10." },
  },
};

const DEFAULT_SKEW = 1.25;

/** A form for a new tier. */
export const EMPTY_TIER: TierDraft = {
  id: "",
  name: "",
  model: "bridge",
  produce: "",
  consume: "",
  requestPercent: "",
  retention: "",
  retentionMax: "",
  size: "",
  sizeMax: "",
  partitionsPerTopic: "",
  partitionsTotal: "",
  lagObjective: "",
  storage: "",
  price: "",
  skew: String(DEFAULT_SKEW),
};

export function draftOfTier(tier: Tier): TierDraft {
  const rate = (value: number | undefined) => (value === undefined ? "" : `${exactBytes(value)}/s`);
  const span = (value: number | undefined) => (value === undefined ? "" : exactSpan(value));
  const size = (value: number | undefined) => (value === undefined ? "" : exactBytes(value));
  const number = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    id: tier.id,
    name: tier.name,
    model: tier.model,
    produce: rate(tier.produceBytesPerSecond),
    consume: rate(tier.consumeBytesPerSecond),
    requestPercent: tier.requestPercent === undefined ? "" : `${tier.requestPercent} %`,
    retention: span(tier.retentionMs?.default),
    retentionMax: span(tier.retentionMs?.max),
    size: size(tier.maxMessageBytes?.default),
    sizeMax: size(tier.maxMessageBytes?.max),
    partitionsPerTopic: number(tier.partitions?.perTopicMax),
    partitionsTotal: number(tier.partitions?.totalMax),
    lagObjective: span(tier.lagObjectiveMs),
    storage: size(tier.storageIncludedBytes),
    price: number(tier.pricePerMonth),
    skew: number(tier.skewAllowance),
  };
}

export type TierProblems = Partial<Record<TierField, string>>;

export interface ReadTier {
  /** null: something is missing or cannot be read. */
  tier: Tier | null;
  /** What is wrong, by field. A name or id that is still missing is no problem yet. */
  problems: TierProblems;
}

/** The words that addresses below /tiers have for themselves. */
const TAKEN = new Set(["new"]);

/** What was typed as a tier. Nothing is guessed: a number without its unit is asked back. */
export function readTierDraft(draft: TierDraft, archived: boolean): ReadTier {
  const problems: TierProblems = {};
  const values: Partial<Record<TierField, number>> = {};
  for (const [field, quantity] of Object.entries(QUANTITIES) as [keyof typeof QUANTITIES, Quantity][]) {
    const read = readQuantity(quantity, draft[field]);
    if (typeof read === "string") problems[field] = read;
    else if (read !== null) values[field] = read;
  }
  const id = draft.id.trim();
  const name = draft.name.trim();
  if (id !== "" && !Slug.safeParse(id).success) {
    problems.id = "Write 1 to 63 lower-case letters, digits or dashes, not beginning with a dash.";
  } else if (TAKEN.has(id)) problems.id = `“${id}” is a word of the console’s own addresses.`;
  if (name.length > 80) problems.name = "At most 80 characters.";
  const model = MODELS.find((one) => one === draft.model) ?? "bridge";
  const isWhole = id !== "" && name !== "" && Object.keys(problems).length === 0;
  return { tier: isWhole ? tierOf({ id, name, model }, values, archived) : null, problems };
}

/** A value; null: nothing was typed; a text: what is wrong with it. */
function readQuantity({ parse, examples, least, below, most }: Quantity, text: string): number | string | null {
  const given = text.trim();
  if (given === "") return null;
  const value = parse(given);
  if (value === null) return `“${given.slice(0, 40)}” cannot be read. Write ${examples}.`;
  if (value < least) return below;
  return most !== undefined && value > most.value ? most.says : value;
}

function tierOf(about: Pick<Tier, "id" | "name" | "model">, values: Partial<Record<TierField, number>>, archived: boolean): Tier {
  const given = <K extends string>(key: K, value: number | undefined) => (value === undefined ? {} : { [key]: value });
  const group = <K extends string>(key: K, parts: object) => (Object.keys(parts).length === 0 ? {} : { [key]: parts });
  return {
    ...about,
    ...given("produceBytesPerSecond", values.produce),
    ...given("consumeBytesPerSecond", values.consume),
    ...given("requestPercent", values.requestPercent),
    ...group("retentionMs", { ...given("default", values.retention), ...given("max", values.retentionMax) }),
    ...group("maxMessageBytes", { ...given("default", values.size), ...given("max", values.sizeMax) }),
    ...group("partitions", { ...given("perTopicMax", values.partitionsPerTopic), ...given("totalMax", values.partitionsTotal) }),
    ...given("lagObjectiveMs", values.lagObjective),
    ...given("storageIncludedBytes", values.storage),
    ...given("pricePerMonth", values.price),
    skewAllowance: values.skew ?? DEFAULT_SKEW,
    ...(archived ? { archived: true as const } : {}),
  };
}
