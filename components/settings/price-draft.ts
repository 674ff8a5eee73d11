import { PRICE_ITEMS } from "@/lib/domain/cost/price-list";
import type { PriceRegion } from "@/lib/domain/views/cost";

/** What stands in the boxes, by the price's key. */
export type PriceDraft = Readonly<Record<string, string>>;

/** The boxes as they are before anybody types: what is set, and nothing where AWS's figure stands. */
export function draftOf(items: PriceRegion["items"]): PriceDraft {
  return Object.fromEntries(
    items.flatMap(({ key, from, dollars }) => (from === "set" && dollars !== null ? [[key, String(dollars)]] : [])),
  );
}

/** The prices that are given, or what is wrong with one of them. */
export function parsePrices(draft: PriceDraft): { prices: Record<string, number>; problem: null } | { prices: null; problem: string } {
  const prices: Record<string, number> = {};
  for (const [key, text] of Object.entries(draft)) {
    const given = text.trim().replace(/^\$/, "");
    if (given === "") continue;
    if (!/^\d{1,6}(\.\d{1,8})?$/.test(given)) {
      const label = PRICE_ITEMS.find((item) => item.key === key)?.label ?? key;
      return { prices: null, problem: `${label}: "${text.trim()}" is no price. Give US dollars, such as 0.204.` };
    }
    prices[key] = Number(given);
  }
  return { prices, problem: null };
}
