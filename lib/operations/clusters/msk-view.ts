import type { AwsSpending } from "@/lib/domain/cloud-facts";
import type { MskCluster, MskFacts } from "@/lib/domain/msk-facts";
import type { MskView } from "@/lib/domain/views/clusters";

/** What MSK says of a cluster, and what asking AWS about its region has cost so far. */
export function mskView({ cluster, operations, key }: MskFacts, spending: AwsSpending | null): MskView {
  const { arn, accountId, stateMessage, createdAt, brokerCount, volumeGib, volumeThroughputMibPerSecond, storageMode } = cluster;
  const { publicAccess, monitoringLevel, openMonitoring, kmsKeyArn, encryptionInTransit, configuration, tags, zoneIds } = cluster;
  return {
    arn,
    accountId,
    stateMessage,
    createdAt,
    brokerCount,
    volumeGib,
    volumeThroughputMibPerSecond,
    storageMode,
    publicAccess,
    monitoringLevel,
    openMonitoring,
    kmsKeyArn,
    keyManager: key?.manager ?? null,
    clientBrokerEncryption: encryptionInTransit?.clientBroker ?? null,
    inClusterEncryption: encryptionInTransit?.inCluster ?? null,
    authentication: waysIn(cluster),
    logDestinations: cluster.logDestinations,
    configuration,
    tags,
    zoneIds,
    operations: operations?.map(({ type, state, startedAt, endedAt, error }) => ({ type, state, startedAt, endedAt, error })) ?? null,
    spending: spending === null ? null : spendingView(spending),
  };
}

function waysIn({ authentication: { scram, iam, tls, unauthenticated } }: MskCluster): string[] {
  return [
    ...(scram ? ["SCRAM"] : []),
    ...(iam ? ["IAM"] : []),
    ...(tls ? ["client certificates"] : []),
    ...(unauthenticated ? ["unauthenticated"] : []),
  ];
}

function spendingView({ since, calls, seriesRequested, dollars }: AwsSpending): NonNullable<MskView["spending"]> {
  return { since, calls: Object.values(calls).reduce((sum, count) => sum + count, 0), seriesRequested, dollars };
}
