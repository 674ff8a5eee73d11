import { z } from "zod";
import { MessageSize, RequestPercent, RetentionSize, RetentionTime } from "./change/values";
import { Slug } from "./slug";
import { ByteRate } from "./units";

/**
 * What of a tier can be declared otherwise for one tenant. `produceBytesPerSecond` and its likes stand for the tenant as a whole, as a
 * tier's promise does; the `…Quota…` ones are the exact value of the rule on each broker, whatever follows from the promise.
 */
export const OVERRIDE_SETTINGS = [
  "retentionMs",
  "retentionBytes",
  "maxMessageBytes",
  "produceBytesPerSecond",
  "consumeBytesPerSecond",
  "requestPercent",
  "produceQuotaBytesPerSecond",
  "consumeQuotaBytesPerSecond",
  "requestQuotaPercent",
] as const;
export const OverrideSetting = z.enum(OVERRIDE_SETTINGS);
export type OverrideSetting = z.infer<typeof OverrideSetting>;

/** Where an override holds; absent parts: everywhere the tenant is. */
export const OverrideScope = z.strictObject({
  cluster: Slug.exactOptional(),
  topic: z.string().min(1).max(249).exactOptional(),
  /** The principal's name, as the placement has it; of a tenant that is known by client-ids alone, the client-id. */
  principal: z.string().min(1).max(512).exactOptional(),
});
export type OverrideScope = z.infer<typeof OverrideScope>;

const about = {
  on: OverrideScope.exactOptional(),
  reason: z.string().trim().min(1).max(500),
  author: z.string().min(1).max(200),
  /** ISO time at which it was declared. */
  at: z.iso.datetime(),
  /** ISO time at which it ends; absent: it does not. */
  until: z.iso.datetime().exactOptional(),
  /** What happens at its end: it is reported, or a change takes it back. */
  atEnd: z.enum(["report", "take-back"]).exactOptional(),
};

/** `value` null: nothing is declared, so whatever the cluster has counts and is no drift: no quota, an inherited retention. */
const setting = <N extends OverrideSetting, V extends z.ZodType>(name: N, value: V) =>
  z.strictObject({ setting: z.literal(name), value: value.nullable(), ...about });

/** A part of the tier that is declared otherwise for one tenant, by whom, why and until when. */
export const Override = z.discriminatedUnion("setting", [
  setting("retentionMs", RetentionTime),
  setting("retentionBytes", RetentionSize),
  setting("maxMessageBytes", MessageSize),
  setting("produceBytesPerSecond", ByteRate),
  setting("consumeBytesPerSecond", ByteRate),
  setting("requestPercent", RequestPercent),
  setting("produceQuotaBytesPerSecond", ByteRate),
  setting("consumeQuotaBytesPerSecond", ByteRate),
  setting("requestQuotaPercent", RequestPercent),
]);
export type Override = z.infer<typeof Override>;

/** Names an override among a tenant's: one setting in one scope is declared once. */
export function overrideKey({ setting, on }: { setting: OverrideSetting; on?: OverrideScope | undefined }): string {
  return [setting, on?.cluster ?? "", on?.topic ?? "", on?.principal ?? ""].join("|");
}

/** Whether the override counts at this time. Times are compared as such: one moment can be written in several ways. */
export function isInForce({ until }: Pick<Override, "until">, at: string): boolean {
  return until === undefined || Date.parse(until) > Date.parse(at);
}
