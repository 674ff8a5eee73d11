import type { AwsRegion } from "@/lib/aws";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { Problem, Reading } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ActorKind, AuditEntry } from "@/lib/domain/people/audit";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Asker } from "@/lib/domain/people/roles";
import type { WithoutOthers } from "@/lib/domain/people/without-others";
import type { Registry } from "@/lib/domain/registry";
import type { Part } from "@/lib/domain/snapshot";
import type { Passwords, SignInLimits, Sso, SsoJourney } from "@/lib/enter";
import type { ConnectionCheck, KafkaAdmin, RecordSample, SampleRequest } from "@/lib/kafka";
import type { RangeRequest, RangeSeries } from "@/lib/metrics";
import type { Store } from "@/lib/store";

/** Who asks. */
export interface Actor {
  name: string;
  role: Asker;
  /** Absent: the console itself. */
  kind?: ActorKind;
  /** Of the person or the token. */
  id?: string;
  /** The session a person asks in, and when they last proved who they are (ISO); null: not known. */
  session?: { id: string; provenAt: string | null };
  /** Of nobody: why what they showed lets them in no more, for themselves. */
  refusal?: string;
  /** What the role is limited to; absent or null: nothing. The context shows no more than that. */
  limits?: RoleLimits | null;
}

/** The browser or program that asks, and what its answer makes it keep. */
export interface Browser {
  /** null: not known, as of what the console does by itself. */
  address: string | null;
  userAgent: string | null;
  keepSession: (token: string, lifeMs: number) => void;
  forgetSession: () => void;
  /** What a browser keeps while it is at the identity provider; null: nothing, or it has been taken. */
  journey: (SsoJourney & { returnTo: string }) | null;
  keepJourney: (journey: (SsoJourney & { returnTo: string }) | null) => void;
}

/** Who may enter, and how it is found out. */
export interface Enter {
  signIn: "off" | "local" | "sso" | "both";
  ssoLabel: string | null;
  /** Where the console is: origin, and the path below which it is served. Links that are handed out begin with it. */
  origin: string;
  idleMs: number;
  sessionMs: number;
  /** Role changes, and changes that lose data, ask for a sign-in that is not older. */
  recentMs: number;
  browser: Browser;
  /** Stores a line and logs it; rejects when it cannot be stored. */
  audit: (entry: AuditEntry) => Promise<void>;
  passwords: Passwords;
  limits: SignInLimits;
  /** null: there is no single sign-on. */
  sso: Sso | null;
}

export type ReadPrometheusPast = (
  request: Pick<RangeRequest, "query" | "startMs" | "endMs" | "stepMs">,
) => Promise<Reading<RangeSeries[] | null>>;

/** Everything an operation may touch; built in lib/server/context.ts and nowhere else. */
export interface Context {
  actor: Actor;
  enter: Enter;
  requestId: string;
  now: () => Date;
  store: Store;
  /** The newest snapshot, or with a version what a list cursor pins of that one (`precondition_failed` once it is gone). */
  fleet: (version?: string) => FleetSnapshot;
  /** For somebody whose role is limited: takes the names of tenants outside out of a text. Absent: everybody is named. */
  withoutOthers?: WithoutOthers;
  /** The declarations as they stand now; a fleet may be some seconds behind them. */
  registry: () => Promise<Registry>;
  /** A live connection to a cluster; `not_found` for an unknown id. */
  kafka: (clusterId: string) => KafkaAdmin;
  /** Some records of a partition, read without joining a group; the problem says why there are none. */
  sampleRecords: (clusterId: string, request: SampleRequest) => Promise<Reading<RecordSample | null>>;
  connection: (clusterId: string) => ResolvedConnection;
  /** Tries a cluster's addresses anew, over connections of its own. */
  checkConnection: (clusterId: string) => Promise<Reading<ConnectionCheck>>;
  /** AWS in the region of a cluster; null: it is not an MSK cluster, or no account reaches it. */
  aws: (clusterId: string) => AwsRegion | null;
  /** Reads the past from the Prometheus that collects a cluster's exporters; null: its connection names none. */
  prometheusPast: (clusterId: string) => ReadPrometheusPast | null;
  /** Regions of accounts that could not be looked into, with the reason. */
  unseenRegions: () => readonly { account: string; region: string; problems: Problem[] }[];
  collector: {
    state: () => "running" | "elsewhere" | "off";
    /** Reads the given parts of a cluster now and answers when the fleet shows them. Identical requests share one reading. */
    refresh: (clusterId: string, parts: readonly Part[]) => Promise<void>;
    /** The ids of all connected clusters; waits until each account was looked into for the first time. */
    clusterIds: () => Promise<ReadonlySet<string>>;
    /** Joins the newest declarations and acknowledgements to the snapshots; called after an import, and after somebody acknowledged. */
    reassemble: () => Promise<void>;
  };
  /** Whoever carries changes out, in this process or another. */
  changes: {
    /** Something was stored or wished: look for it now. */
    wake: () => void;
    /** Answers when the change is finished or stands still, or after the deadline. */
    settled: (changeId: number, deadlineMs: number) => Promise<void>;
  };
  /** The console's own metrics, as Prometheus reads them. */
  metrics: () => Promise<string>;
}
