import type { RequestOf, TenantScope } from "@/lib/domain/change/request";
import { readTyped, type TypedKind } from "@/lib/domain/change/typed-value";
import { type EndingDraft, NO_ENDING, readEnding } from "./ending";

export const QUOTA_SETTINGS = ["produceBytesPerSecond", "consumeBytesPerSecond", "requestPercent"] as const;
export type QuotaSetting = (typeof QUOTA_SETTINGS)[number];

export const QUOTA_FIELDS: Record<QuotaSetting, { title: string; kind: TypedKind }> = {
  produceBytesPerSecond: { title: "Produce", kind: "byteRate" },
  consumeBytesPerSecond: { title: "Consume", kind: "byteRate" },
  requestPercent: { title: "Request share", kind: "requestPercent" },
};

/** What is typed into a form of quotas, of one tenant or of many. */
export type QuotaDraft = Record<QuotaSetting, string> & EndingDraft;

export const NO_QUOTAS: QuotaDraft = { produceBytesPerSecond: "", consumeBytesPerSecond: "", requestPercent: "", ...NO_ENDING };

/** What the form gives: a field that is empty is not part of it. null: nothing, or something that cannot be read. */
export function quotaRequest(draft: QuotaDraft, scope: TenantScope, nowMs: number): RequestOf<"quota"> | null {
  const values: Partial<Record<QuotaSetting, number | "tier" | null>> = {};
  for (const setting of QUOTA_SETTINGS) {
    const typed = readTyped(QUOTA_FIELDS[setting].kind, draft[setting]);
    if (typed.state === "wrong" || (typed.state === "value" && typed.value === "unlimited")) return null;
    if (typed.state === "value" && typed.value !== "unlimited") values[setting] = typed.value;
  }
  const given = Object.values(values);
  const ending = given.some((value) => value !== "tier") ? readEnding(draft, nowMs) : {};
  return given.length === 0 || ending === null ? null : { kind: "quota", scope, ...values, ...ending };
}
