import { z } from "zod";
import { Override, overrideKey } from "./override";
import { Placement } from "./placement";
import { Slug } from "./slug";
import { Duration } from "./units";

/** What a customer needs beyond what the tier says; the advisor and the forms read it. */
export const Requirements = z.strictObject({
  ownEncryptionKey: z.boolean().exactOptional(),
  forgetWithinMs: Duration.exactOptional(),
  ownRetention: z.boolean().exactOptional(),
  ownMessageSize: z.boolean().exactOptional(),
  replay: z.boolean().exactOptional(),
  regulatedData: z.boolean().exactOptional(),
  /** Its traffic must not suffer from its neighbours'. */
  protectedFromNeighbours: z.boolean().exactOptional(),
  /** Its records must not lie on a disk with others'. */
  ownDisks: z.boolean().exactOptional(),
  /** Its consumers must receive its own events alone. */
  onlyOwnEvents: z.boolean().exactOptional(),
  /** As many consumers in parallel as it wants, whatever others have. */
  ownParallelism: z.boolean().exactOptional(),
  /** Kinds of events, each a topic of its own. */
  eventTypes: z.int().positive().exactOptional(),
  budgetPerMonth: z.number().positive().exactOptional(),
});
export type Requirements = z.infer<typeof Requirements>;

/** A customer. The id is given, never derived from a topic prefix. */
export const Tenant = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(120),
  tier: Slug,
  requirements: Requirements.exactOptional(),
  placements: z.array(Placement).max(50).default([]),
  /** Absent in a file: those that are declared stay. */
  overrides: z
    .array(Override)
    .max(200)
    .refine((all) => new Set(all.map(overrideKey)).size === all.length, "must not hold two overrides of one setting in one scope")
    .exactOptional(),
  /** Who changes this tenant's resources instead of the console, such as "Terraform": then the console plans and gives the patch. */
  managedElsewhere: z.string().trim().min(1).max(120).exactOptional(),
});
export type Tenant = z.infer<typeof Tenant>;
