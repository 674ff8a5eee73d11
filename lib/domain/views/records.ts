import { z } from "zod";
import { PayloadSwitch } from "@/lib/domain/records/payload-switch";
import { ShownRecord } from "@/lib/domain/records/shown-record";
import { ProblemView, Time } from "./common";

/** Records in one look at most. */
export const LOOK_RECORDS_MAX = 20;

/** Whether payloads of a cluster's records may be looked at, and who said so. */
export const PayloadAccess = z.object({
  clusterId: z.string(),
  clusterName: z.string(),
  allowed: z.boolean(),
  /** The last times that it was allowed or taken back, the newest first. */
  switches: z.array(PayloadSwitch),
});
export type PayloadAccess = z.infer<typeof PayloadAccess>;

/** Some records of a topic. */
export const RecordsView = z.object({
  /** The newest first; from an offset on in the log's order. */
  records: z.array(ShownRecord),
  /** Of how many partitions records were read. */
  partitionsRead: z.number(),
  /** Of those that were asked for, how many hold records or may hold some: the end of a log is not always known. */
  partitions: z.number(),
  /** What could not be read, and why. */
  problems: z.array(ProblemView),
  at: Time,
});
export type RecordsView = z.infer<typeof RecordsView>;
