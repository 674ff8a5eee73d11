import { z } from "zod";
import { ChangeState, OperationState, PlannedOperation } from "@/lib/domain/change/operation";
import { Consequence, LeftOut } from "@/lib/domain/change/plan";
import { ChangeRequest, RolloutOptions } from "@/lib/domain/change/request";
import { PageInfo, Time } from "./common";

/** How many operations are in each state; states without one are absent. */
export const OperationCounts = z.partialRecord(OperationState, z.number());
export type OperationCounts = z.infer<typeof OperationCounts>;

/** A change in a list. */
export const ChangeSummary = z.object({
  id: z.number(),
  kind: z.string(),
  title: z.string(),
  state: ChangeState,
  /** Why it stands still or what went wrong, in one sentence. */
  message: z.string().nullable(),
  actor: z.string(),
  reason: z.string().nullable(),
  at: Time,
  finishedAt: Time.nullable(),
  units: z.number(),
  operations: OperationCounts,
  clusterIds: z.array(z.string()),
  /** Those it concerns, the first fifty; `tenantCount` is whole. */
  tenantIds: z.array(z.string()),
  tenantCount: z.number(),
  /** The change this one takes back. */
  revertsId: z.number().nullable(),
  /** Changes that took this one back. */
  revertedBy: z.array(z.number()),
});
export type ChangeSummary = z.infer<typeof ChangeSummary>;

export const ChangePage = z.object({ page: PageInfo, rows: z.array(ChangeSummary) });
export type ChangePage = z.infer<typeof ChangePage>;

export const OperationView = PlannedOperation.extend({
  index: z.number(),
  state: OperationState,
  /** The broker's own sentence where it refused; what stood there where somebody else had changed it. */
  message: z.string().nullable(),
  at: Time.nullable(),
});
export type OperationView = z.infer<typeof OperationView>;

export const UnitView = z.object({
  unit: z.string(),
  /** The tenant's name, or the unit in words. */
  name: z.string(),
  state: OperationState,
  operations: OperationCounts,
  message: z.string().nullable(),
});
export type UnitView = z.infer<typeof UnitView>;

export const ChangeDetail = ChangeSummary.extend({
  request: ChangeRequest,
  consequences: z.array(Consequence),
  leftOut: z.array(LeftOut),
  fingerprint: z.string(),
  /** The id of the request that asked for it, in the console's log. */
  correlationId: z.string(),
  rollout: RolloutOptions.nullable(),
  startedAt: Time.nullable(),
  /** The first operations in order; all of them by `/operations`. */
  operationList: z.array(OperationView),
  /** The first units in order; all of them by `/units`. */
  unitList: z.array(UnitView),
  /** How many units have come to what, each as a whole. */
  unitCounts: OperationCounts,
  /** A brake's end. */
  until: Time.nullable(),
  /** Whether it can be made to stand still: brakes and what ends them cannot. */
  pausable: z.boolean(),
  /** Whether it can be taken back, and what cannot come back. */
  revert: z.object({ possible: z.boolean(), reason: z.string().nullable(), lost: z.array(z.string()) }),
});
export type ChangeDetail = z.infer<typeof ChangeDetail>;

export const UnitPage = z.object({ page: PageInfo, rows: z.array(UnitView) });
export type UnitPage = z.infer<typeof UnitPage>;

export const OperationPage = z.object({ page: PageInfo, rows: z.array(OperationView) });
export type OperationPage = z.infer<typeof OperationPage>;
