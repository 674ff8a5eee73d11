import { stringify } from "yaml";
import { Override } from "@/lib/domain/override";
import { Placement } from "@/lib/domain/placement";
import { ServicePrincipal } from "@/lib/domain/principal";
import type { Registry } from "@/lib/domain/registry";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { pauses } from "@/lib/operations/pauses";

/** Texts stay on one line: the reader cuts a file into its entries by their dashes. */
const STYLE = { blockQuote: false, lineWidth: 0, aliasDuplicateObjects: false } as const;

const [{ shape: OVERRIDE }] = Override.options;

/**
 * What is declared as the YAML that an import reads, every value as a plain number, what is empty left out. Importing it where it came
 * from changes nothing; an empty console becomes the same.
 */
export async function registryYaml({ version, tiers, services, tenants }: Registry): Promise<string> {
  const parts = [`# Everything that is declared, at version ${version}. Read by \`npm run import\`.\n`];
  await addList(parts, "tiers", tiers, (tier) => inOrder(tier, Tier.shape));
  await addList(parts, "services", services, (service) => inOrder(service, ServicePrincipal.shape));
  await addList(parts, "tenants", tenants, (tenant) => ({
    ...inOrder(tenant, Tenant.shape),
    ...filled(
      "placements",
      tenant.placements.map((placement) => inOrder(placement, Placement.shape)),
    ),
    ...filled(
      "overrides",
      tenant.overrides?.map((override) => inOrder(override, OVERRIDE)),
    ),
  }));
  return parts.join("");
}

async function addList<T>(parts: string[], name: string, items: readonly T[], entryOf: (item: T) => object): Promise<void> {
  parts.push(items.length === 0 ? `${name}: []\n` : `${name}:\n`);
  const pause = pauses();
  for (const item of items) {
    const alone = stringify({ [name]: [entryOf(item)] }, STYLE);
    parts.push(alone.slice(alone.indexOf("\n") + 1));
    await pause();
  }
}

/** Fields in the order of their schema, whichever order they were kept in; empty lists and what is not declared are left out. */
function inOrder(value: object, shape: object): Record<string, unknown> {
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(Object.keys(shape).flatMap((key) => Object.entries(filled(key, fields.get(key)))));
}

function filled(key: string, value: unknown): Record<string, unknown> {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? {} : { [key]: value };
}
