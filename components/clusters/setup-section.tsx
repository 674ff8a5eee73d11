import type { ReactNode } from "react";
import { KIND_WORDS } from "@/components/tenancy/cluster-cells";
import { CopyButton } from "@/components/ui/copy-button";
import { SectionHead } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import type { ClusterDetail, MskView } from "@/lib/domain/views/clusters";

interface Fact {
  label: string;
  value: ReactNode;
}

const UNSAID = <span className="tone-faint">AWS does not say</span>;

function Arn({ arn, what }: { arn: string; what: string }) {
  return (
    <span className="with-copy">
      <code className="clip" title={arn}>
        {arn}
      </code>
      <CopyButton text={arn} what={what} />
    </span>
  );
}

function yesNo(value: boolean | null, yes: string, no: string): ReactNode {
  return value === null ? UNSAID : value ? yes : no;
}

function openMonitoringWords(open: MskView["openMonitoring"]): ReactNode {
  if (open === null) return UNSAID;
  const on = [open.jmx ? "JMX exporter" : null, open.node ? "node exporter" : null].filter((word) => word !== null);
  return on.length === 0 ? "off" : on.join(" and ");
}

function managerWords(manager: MskView["keyManager"]): ReactNode {
  if (manager === null) return <span className="tone-faint">cannot see: KMS does not tell</span>;
  return manager === "aws" ? "AWS (alias/aws/kafka)" : "you";
}

function volumeWords({ volumeGib, volumeThroughputMibPerSecond: throughput, storageMode }: MskView): ReactNode {
  if (volumeGib === null) return "none to look at: storage is AWS’s own";
  const speed = throughput === null ? "" : `, ${formatCount(throughput)} MiB/s provisioned`;
  return `${formatCount(volumeGib)} GiB a broker${speed}${storageMode === null ? "" : `, ${storageMode} storage`}`;
}

function factsOf(cluster: ClusterDetail, detail: MskView): Fact[] {
  const { msk } = cluster;
  const none = <span className="tone-muted">none</span>;
  return [
    { label: "ARN", value: <Arn arn={detail.arn} what="ARN" /> },
    { label: "Kind", value: msk === null ? UNSAID : `${KIND_WORDS[msk.kind]}, ${msk.region}, account ${detail.accountId}` },
    { label: "Kafka", value: msk?.kafkaVersion ?? UNSAID },
    {
      label: "Brokers",
      value:
        detail.brokerCount === null
          ? "none to look at"
          : `${formatCountOf(detail.brokerCount, "broker")}${msk?.instanceType ? ` of ${msk.instanceType}` : ""}`,
    },
    { label: "Zones", value: detail.zoneIds.length === 0 ? UNSAID : detail.zoneIds.join(", ") },
    { label: "Storage", value: volumeWords(detail) },
    { label: "Clients sign in by", value: detail.authentication.length === 0 ? UNSAID : detail.authentication.join(", ") },
    { label: "Encryption key at rest", value: detail.kmsKeyArn === null ? "AWS’s own key" : <Arn arn={detail.kmsKeyArn} what="key ARN" /> },
    ...(detail.kmsKeyArn === null ? [] : [{ label: "The key is managed by", value: managerWords(detail.keyManager) }]),
    { label: "In transit, clients", value: detail.clientBrokerEncryption ?? UNSAID },
    { label: "In transit, between brokers", value: yesNo(detail.inClusterEncryption, "encrypted", "not encrypted") },
    { label: "Public access", value: detail.publicAccess ? "on" : "off" },
    { label: "Monitoring level", value: detail.monitoringLevel ?? "none: a serverless cluster has no levels" },
    { label: "Open monitoring", value: openMonitoringWords(detail.openMonitoring) },
    { label: "Broker logs go to", value: detail.logDestinations.length === 0 ? none : detail.logDestinations.join(", ") },
    {
      label: "Configuration",
      value:
        detail.configuration === null ? (
          "MSK’s defaults"
        ) : (
          <>
            revision {detail.configuration.revision} of <Arn arn={detail.configuration.arn} what="configuration ARN" />
          </>
        ),
    },
    { label: "Made", value: detail.createdAt === null ? UNSAID : <Time at={detail.createdAt} /> },
    {
      label: "Tags",
      value:
        Object.keys(detail.tags).length === 0
          ? none
          : Object.entries(detail.tags).map(([key, value]) => (
              <span key={key} className="chip">
                <bdi>{value === "" ? key : `${key}: ${value}`}</bdi>
              </span>
            )),
    },
  ];
}

function Spending({ spending }: Pick<MskView, "spending">) {
  if (spending === null) return null;
  const dollars = spending.dollars > 0 && spending.dollars < 0.01 ? "less than 0.01" : `about ${spending.dollars.toFixed(2)}`;
  return (
    <p className="tone-muted">
      Asking AWS about this region took {formatCountOf(spending.calls, "call")} and {formatCount(spending.seriesRequested)} series of
      CloudWatch since <Time at={spending.since} />: {dollars} US dollars at list price.
    </p>
  );
}

/** How the cluster is set up at AWS. For any other Kafka a line says why there is nothing to show. */
export function SetupSection({ cluster }: { cluster: ClusterDetail }) {
  const { mskDetail } = cluster;
  return (
    <section aria-labelledby="setup">
      <SectionHead id="setup" title="How it is set up" />
      {mskDetail === null ? (
        <p className="tone-muted">
          {cluster.msk === null
            ? "The console knows of no MSK cluster behind these brokers, so set-up, limits, MSK’s operations and CloudWatch’s past are not here. If it is one, name its ARN and an account that may describe it in the connections file."
            : "AWS has not told its set-up yet."}
        </p>
      ) : (
        <>
          <dl className="facts-list">
            {factsOf(cluster, mskDetail).map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {mskDetail.stateMessage === null ? null : <p>{mskDetail.stateMessage}</p>}
          <Spending spending={mskDetail.spending} />
        </>
      )}
    </section>
  );
}
