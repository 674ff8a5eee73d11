/** How often each part of a cluster is read, in milliseconds. The exporter's interval stands in the connection. */
export interface PartIntervals {
  offsetsMs: number;
  metadataMs: number;
  /** Log sizes and log starts. */
  logsMs: number;
  /** Quotas, ACLs, SCRAM users. */
  accessMs: number;
  configsMs: number;
}

export interface CollectorSettings {
  /** false: reads nothing from Kafka and serves what another process saved. */
  collect: boolean;
  intervals: PartIntervals;
  /** A fleet is assembled at most this often. */
  assembleEveryMs: number;
  /** A version of the fleet that was handed out stays to be had for this long. */
  keepVersionsMs: number;
  /** Readings asked for by people share one that began within this time. */
  shareReadingsMs: number;
  saveSnapshotEveryMs: number;
  /** End offsets of the past change slowly, and are many. */
  saveHistoryEveryMs: number;
  lease: { ttlMs: number; renewEveryMs: number };
  /** How often a process without the lease looks for a newer snapshot, and a free lease. */
  pollEveryMs: number;
  /** Conditions that only changed their words are written this often; those that begin or end at once. */
  refreshConditionsEveryMs: number;
  maintainEveryMs: number;
  /** The slow checks look this often whether something they follow from has changed; a cluster without change is checked now and then. */
  postureCheckMs: number;
  postureEveryMs: number;
  scrapeDeadlineMs: number;
  stopDeadlineMs: number;
}

export const DEFAULT_SETTINGS: CollectorSettings = {
  collect: true,
  intervals: { offsetsMs: 15_000, metadataMs: 60_000, logsMs: 60_000, accessMs: 300_000, configsMs: 21_600_000 },
  assembleEveryMs: 5_000,
  keepVersionsMs: 120_000,
  shareReadingsMs: 10_000,
  saveSnapshotEveryMs: 60_000,
  saveHistoryEveryMs: 600_000,
  lease: { ttlMs: 30_000, renewEveryMs: 10_000 },
  pollEveryMs: 15_000,
  refreshConditionsEveryMs: 1_800_000,
  maintainEveryMs: 900_000,
  postureCheckMs: 15_000,
  postureEveryMs: 300_000,
  scrapeDeadlineMs: 10_000,
  stopDeadlineMs: 5_000,
};
