import { AppError } from "@/lib/domain/errors";
import { parseTenantQuery, TENANT_FILTER_KEYS } from "@/lib/domain/tenant-query";
import { SEVERITIES } from "@/lib/domain/views/common";
import { TENANT_MODELS, TENANT_VIEWS } from "@/lib/domain/views/tenants";

/** What can be completed from the page: ids that exist. */
export interface KnownValues {
  tiers: readonly string[];
  clusters: readonly string[];
}

export interface Completion {
  /** What is put in the place of the token. */
  text: string;
  /** A key that still wants its value. */
  open: boolean;
  note: string;
}

type Key = keyof typeof TENANT_FILTER_KEYS;

const NOTES: Record<Key, string> = {
  tier: "tenants of a tier",
  model: "isolation model",
  cluster: "placed on a cluster",
  attention: "what needs attention",
  lag: "time behind of the worst group",
  produce: "of its produce quota, worst broker",
  consume: "of its consume quota, worst broker",
  view: "a saved filter",
};

function valuesOf(key: Key, known: KnownValues): readonly string[] {
  switch (key) {
    case "tier":
      return known.tiers;
    case "cluster":
      return known.clusters;
    case "model":
      return TENANT_MODELS;
    case "view":
      return TENANT_VIEWS;
    case "attention":
      return ["any", ...SEVERITIES];
    case "lag":
      return [">1m", ">10m", ">1h"];
    default:
      return [">80%", ">100%", "<15%"];
  }
}

/** What the token at the end of the box could become. */
export function completionsOf(token: string, known: KnownValues): Completion[] {
  const [name = "", value] = token.split(/:(.*)/s);
  const keys = Object.keys(TENANT_FILTER_KEYS) as Key[];
  if (value === undefined) {
    return keys
      .filter((key) => key.startsWith(name))
      .map((key) => ({ text: `${key}:`, open: true, note: `${NOTES[key]}: ${TENANT_FILTER_KEYS[key]}` }));
  }
  const key = keys.find((each) => each === name);
  if (key === undefined) return [];
  return valuesOf(key, known)
    .filter((each) => each.startsWith(value) && each !== value)
    .map((each) => ({ text: `${key}:${each}`, open: false, note: NOTES[key] }));
}

/** Why the server would not understand a term; null: it would. */
export function termProblem(term: string): string | null {
  try {
    parseTenantQuery(term);
    return null;
  } catch (error) {
    return error instanceof AppError ? error.message : null;
  }
}
