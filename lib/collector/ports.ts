import type { ResolvedConnection } from "@/lib/domain/connection";
import type { ExporterFacts, Reading } from "@/lib/domain/facts";
import type { KafkaAdmin, RecordReader } from "@/lib/kafka";
import type { readPrometheus, ScrapeRequest } from "@/lib/metrics";

/** What the collector asks of a cluster; none of it rejects for what a broker does or does not answer. */
export type ClusterAdmin = Pick<
  KafkaAdmin,
  | "readMetadata"
  | "sweepLag"
  | "readOffsetsAtTime"
  | "readLogStarts"
  | "readLogs"
  | "readConfigs"
  | "readQuotas"
  | "readAcls"
  | "readScramUsers"
  | "close"
>;

/** Opens the collector's own connections to a cluster: it closes them when it stops. */
export type OpenAdmin = (connection: ResolvedConnection) => ClusterAdmin;

/** Reads one broker's exporter; never rejects. */
export type Scrape = (request: ScrapeRequest) => Promise<Reading<ExporterFacts | null>>;

/** Reads what a Prometheus has collected of the brokers' exporters; never rejects. */
export type CollectMetrics = typeof readPrometheus;

/** What the slow checks ask of a cluster: samples of records, and the members of groups. Neither rejects. */
export interface Probe extends Pick<KafkaAdmin, "describeGroup">, Pick<RecordReader, "sample"> {
  close: () => void;
}

/** Opens connections for one round of slow checks; whoever asks closes them. Connects nothing yet. */
export type OpenProbe = (connection: ResolvedConnection) => Probe;

/** Where the collector writes what a person who runs it should know. */
export interface Log {
  info: (fields: object, message: string) => void;
  warn: (fields: object, message: string) => void;
  error: (fields: object, message: string) => void;
}
