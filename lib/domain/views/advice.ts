import { z } from "zod";
import { FIT_LEVELS } from "@/lib/domain/advisor/advise";
import { PLAIN_NEED_NAMES } from "@/lib/domain/advisor/needs";
import { MODELS } from "@/lib/domain/isolation";
import { ObservedNumber, Time } from "./common";
import { MskKindName } from "./isolation";

const Model = z.enum(MODELS);

export const NeedsView = z.object({
  plain: z.array(z.enum(PLAIN_NEED_NAMES as [(typeof PLAIN_NEED_NAMES)[number], ...typeof PLAIN_NEED_NAMES])),
  forgetWithinMs: z.number().exactOptional(),
  produceBytesPerSecond: z.number().exactOptional(),
  consumeBytesPerSecond: z.number().exactOptional(),
  eventTypes: z.number().exactOptional(),
  tenants: z.number().exactOptional(),
  budgetPerMonth: z.number().exactOptional(),
  kind: MskKindName.exactOptional(),
});

export const ModelFitView = z.object({
  model: Model,
  level: z.enum(FIT_LEVELS),
  reasons: z.array(z.object({ need: z.string(), verdict: z.enum(["yes", "no", "conditional"]), why: z.string() })),
});
export type ModelFitView = z.infer<typeof ModelFitView>;

export const StreamAdvice = z.object({
  name: z.string(),
  needs: NeedsView,
  fits: z.array(ModelFitView),
  recommended: Model.nullable(),
  sentence: z.string(),
  /** How what lies under each of the tenant's models of today moves there. Empty: nothing moves, or it is placed nowhere. */
  moves: z.array(z.object({ from: Model, to: Model, steps: z.array(z.object({ step: z.string(), because: z.string() })) })),
});
export type StreamAdvice = z.infer<typeof StreamAdvice>;

/** Which model fits, stream by stream, with the reasons. */
export const AdviceView = z.object({
  at: Time.nullable(),
  /** The needs as an address carries them, in one form for the same needs. */
  needs: z.string(),
  /** `asked`: given; `stored`: what the tenant's declaration says, at its rates of now. */
  source: z.enum(["asked", "stored"]),
  tenant: z
    .object({
      id: z.string(),
      name: z.string(),
      models: z.array(Model),
      produceBytesPerSecond: ObservedNumber,
      consumeBytesPerSecond: ObservedNumber,
    })
    .nullable(),
  streams: z.array(StreamAdvice),
  /** What the streams come to together. */
  together: z.string(),
  /** What the models cost at the traffic in question, as far as prices are set. */
  cost: z.string(),
});
export type AdviceView = z.infer<typeof AdviceView>;
