import { z } from "zod";
import { CAPABILITY_IDS, MODELS } from "@/lib/domain/isolation";
import { ObservedNumber, Severity, Time } from "./common";

const Model = z.enum(MODELS);
const Verdict = z.enum(["yes", "no", "conditional"]);
export const MskKindName = z.enum(["standard", "express", "serverless"]);

/** What stands under one model now. Tenants of several models are in none of the three: they are counted apart, as mixed. */
export const ModelLive = z.object({
  tenants: z.number(),
  /** Near, at or over a quota. */
  nearLimit: z.number(),
  /** Clusters on which anything of this model is placed. */
  clusters: z.number(),
  topics: z.number(),
  /** Clusters whose topics have not been read: the numbers of topics are then "at least". */
  unreadClusters: z.number(),
  bytesInPerSecond: ObservedNumber,
  /** One copy. */
  storageBytes: ObservedNumber,
});
export type ModelLive = z.infer<typeof ModelLive>;

/** What a tier's list price adds up to. null: none of the tenants' tiers has a price. */
export const ListPrice = z.object({ perMonth: z.number(), tenants: z.number(), withoutPrice: z.number() }).nullable();
export type ListPrice = z.infer<typeof ListPrice>;

/** What this fleet makes of a capability, in a few words; `href` leads to whom it means. */
export const FleetNote = z.object({ text: z.string(), severity: Severity.nullable(), href: z.string().nullable() });
export type FleetNote = z.infer<typeof FleetNote>;

export const MatrixCell = z.object({
  verdict: Verdict,
  word: z.string(),
  why: z.string(),
  /** What it means on a kind of MSK cluster, where that differs. */
  kinds: z.array(z.object({ kind: MskKindName, verdict: Verdict, note: z.string() })),
});

/** `has`: in force. `could`: the model and the cluster allow it, and it is not set. `cannot`: they do not. `partly`: differs by place. */
export const IN_FORCE_STATES = ["has", "could", "cannot", "partly", "unseen"] as const;
export const InForceState = z.enum(IN_FORCE_STATES);
export type InForceState = z.infer<typeof InForceState>;

export const InForcePlace = z.object({
  clusterId: z.string(),
  clusterName: z.string().nullable(),
  model: Model,
  state: InForceState.exclude(["partly"]),
  /** One sentence with what shows it, or why it cannot be seen. */
  sentence: z.string(),
});
export type InForcePlace = z.infer<typeof InForcePlace>;

export const MatrixRow = z.object({
  id: z.enum(CAPABILITY_IDS),
  dimension: z.string(),
  name: z.string(),
  cells: z.object({ pool: MatrixCell, bridge: MatrixCell, silo: MatrixCell }),
  fleet: FleetNote,
  /** For the tenant that was asked for; null: none was. */
  inForce: z.object({ state: InForceState, places: z.array(InForcePlace) }).nullable(),
});
export type MatrixRow = z.infer<typeof MatrixRow>;

/** The three models against each other, and what this fleet, one cluster or one tenant makes of them. */
export const IsolationView = z.object({
  at: Time.nullable(),
  total: z.number(),
  models: z.object({ pool: ModelLive, bridge: ModelLive, silo: ModelLive }),
  mixed: z.object({ tenants: z.number(), nearLimit: z.number() }),
  unplaced: z.number(),
  prices: z.object({ pool: ListPrice, bridge: ListPrice, silo: ListPrice, mixed: ListPrice }),
  /** US dollars a month at the use of now; of a pool with what its tenants share. `idle` is paid for and not used, `rest` is no tenant's. */
  costs: z.object({
    pool: ObservedNumber,
    bridge: ObservedNumber,
    silo: ObservedNumber,
    mixed: ObservedNumber,
    /** null: not told to whose role is limited to tenants. */
    idle: z.number().nullable(),
    rest: z.number().nullable(),
  }),
  rows: z.array(MatrixRow),
  tenant: z.object({ id: z.string(), name: z.string(), models: z.array(Model) }).nullable(),
});
export type IsolationView = z.infer<typeof IsolationView>;
