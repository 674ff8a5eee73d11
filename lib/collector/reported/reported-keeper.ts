import type { AwsRegion } from "@/lib/aws";
import type { Clock } from "@/lib/collector/clock";
import type { ClusterHost } from "@/lib/collector/cluster/cluster-host";
import type { Log, OpenProbe } from "@/lib/collector/ports";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { PoolFacts, ReportedUse } from "@/lib/domain/pool/pool-facts";
import { type WantedReport, wantedReports } from "@/lib/domain/pool/wanted-reports";
import type { Registry } from "@/lib/domain/registry";
import { reportedDirections, reportedFrom } from "@/lib/domain/reported";
import { same } from "@/lib/domain/same";
import { DIRECTIONS } from "@/lib/domain/views/use";
import { readCloudWatch } from "./read-cloudwatch";
import { createPagesReader, type PagesReader, type ReadReportedPage } from "./read-pages";
import { createTopicsReader, type TopicsReader } from "./read-topics";
import type { Report, Reports } from "./report";

export interface ReportedKeeper {
  /** Reads what is reported on the clusters that this process reads. Does not reject. */
  sweep: () => Promise<void>;
}

export interface ReportedKeeperOptions {
  hosts: () => readonly ClusterHost[];
  connections: () => ReadonlyMap<string, ResolvedConnection>;
  regionOf: (connection: ResolvedConnection) => AwsRegion | null;
  registry: () => Registry;
  /** Absent: no page is read. */
  readPage: ReadReportedPage | undefined;
  /** Absent: no usage topic is read. */
  openProbe: OpenProbe | undefined;
  clock: Clock;
  log: Log;
}

/** CloudWatch's answers cost by the series, and its datapoints are of five minutes. */
const CLOUDWATCH_EVERY_MS = 300_000;
/** Turns come a moment early or late. */
const SLACK_MS = 30_000;

/** Keeps what applications report of a pool's tenants in the clusters' snapshots: pages and topics each round, CloudWatch every five minutes. */
export function createReportedKeeper(options: ReportedKeeperOptions): ReportedKeeper {
  const { clock, log } = options;
  /** One for each cluster: a page that serves several is read for each, and its counters grow from that one's own last reading. */
  const readers = new Map<string, PagesReader>();
  const topicReaders = new Map<string, TopicsReader>();
  const askedMs = new Map<string, number>();

  function pagesOf(clusterId: string): PagesReader | null {
    if (options.readPage === undefined) return null;
    const reader = readers.get(clusterId) ?? createPagesReader(options.readPage, clock.now);
    readers.set(clusterId, reader);
    return reader;
  }

  async function readTopics(host: ClusterHost, wanted: readonly WantedReport[]): Promise<Reports> {
    const { openProbe } = options;
    const connection = options.connections().get(host.clusterId);
    if (openProbe === undefined || connection === undefined) return new Map();
    const reader = topicReaders.get(host.clusterId) ?? createTopicsReader(openProbe, clock);
    topicReaders.set(host.clusterId, reader);
    return reader(wanted, host.snapshot(), connection);
  }

  async function reportsOn(host: ClusterHost, wanted: readonly WantedReport[]): Promise<Reports> {
    const pages: Reports = (await pagesOf(host.clusterId)?.(wanted)) ?? new Map();
    const reports: Reports = new Map([...pages, ...(await readTopics(host, wanted))]);
    const inCloud = wanted.filter(({ reported }) => reported.cloudwatch !== undefined);
    const isDue = clock.now() - (askedMs.get(host.clusterId) ?? Number.NEGATIVE_INFINITY) >= CLOUDWATCH_EVERY_MS - SLACK_MS;
    if (inCloud.length === 0 || !isDue) return reports;
    askedMs.set(host.clusterId, clock.now());
    const connection = options.connections().get(host.clusterId);
    const region = connection === undefined ? null : options.regionOf(connection);
    return new Map([...reports, ...(await readCloudWatch(region, inCloud, clock.now()))]);
  }

  async function keepOn(host: ClusterHost): Promise<void> {
    const wanted = wantedReports(options.registry(), host.clusterId);
    const before = host.snapshot().pool?.reported ?? new Map();
    if (wanted.length === 0 && before.size === 0) return;
    const next = merged(before, wanted, await reportsOn(host, wanted));
    if (next !== before) host.keepPool({ reported: next });
  }

  return {
    async sweep() {
      for (const host of options.hosts()) {
        if (!host.isHeld()) continue;
        await keepOn(host).catch((err: unknown) =>
          log.error({ err, cluster: host.clusterId }, "What applications report could not be read; what was read before stays."),
        );
      }
    },
  };
}

type Known = PoolFacts["reported"];

/** What is declared now, with what was read last; the same map where nothing is another. */
function merged(before: Known, wanted: readonly WantedReport[], reports: Reports): Known {
  const next = new Map(
    wanted.map((want): [string, ReportedUse] => [want.tenantId, reportedUse(before.get(want.tenantId), want, reports.get(want.tenantId))]),
  );
  const isSame = next.size === before.size && [...next].every(([tenantId, use]) => before.get(tenantId) === use);
  return isSame ? before : next;
}

/** What was read of another source, or a direction that is declared no more, is forgotten. */
function reportedUse(before: ReportedUse | undefined, { reported }: WantedReport, report: Report | undefined): ReportedUse {
  const from = reportedFrom(reported);
  const known = before?.from === from ? before : undefined;
  const mapping = reportedDirections(reported);
  const use: ReportedUse = { from, problem: report === undefined ? (known?.problem ?? null) : report.problem };
  for (const direction of DIRECTIONS) {
    if (mapping[direction] !== undefined) use[direction] = report?.rates[direction] ?? known?.[direction] ?? null;
  }
  return same(known, use);
}
