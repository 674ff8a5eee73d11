import { z } from "zod";
import { MODELS } from "./isolation";
import { PlacedPrincipal } from "./principal";
import { RecordTenant } from "./record-tenant";
import { Reported } from "./reported";
import { Slug } from "./slug";

const NAME = z.string().min(1).max(249);

/**
 * Which names belong to a tenant. A prefix includes its delimiter (`acme.`), so that `tenant1.` does not cover `tenant10.`;
 * `*` in a glob stands for any run of characters; an expression is anchored on both sides.
 */
export const NamePattern = z.union([
  z.strictObject({ name: NAME }),
  z.strictObject({ prefix: NAME }),
  z.strictObject({ glob: NAME }),
  z.strictObject({ expression: NAME }),
]);
export type NamePattern = z.infer<typeof NamePattern>;

/** Where a tenant lives: one model on one cluster, and which topics, groups and principals are its own there. */
export const Placement = z.strictObject({
  cluster: Slug,
  model: z.enum(MODELS),
  /** Names the stream when a tenant has several on one cluster. */
  stream: Slug.default("main"),
  topics: z.array(NamePattern).max(200).default([]),
  groups: z.array(NamePattern).max(200).default([]),
  principals: z.array(PlacedPrincipal).max(100).default([]),
  /** Client-ids that are this tenant's alone, where quotas are set on client-ids. */
  clientIds: z.array(z.string().min(1)).max(100).default([]),
  /** How a record of a shared topic names its tenant. */
  record: RecordTenant.exactOptional(),
  /** Value by which records name the tenant, when it is not the tenant's id. */
  recordValue: z.string().min(1).exactOptional(),
  /** Where the application itself reports the tenant's part of a pool. */
  reported: Reported.exactOptional(),
  /** 0 to 1: the part of the tenant's promise that is meant for this placement. Equal parts when none is given. */
  share: z.number().gt(0).max(1).exactOptional(),
});
export type Placement = z.infer<typeof Placement>;
