import { z } from "zod";
import { clusterBlindness } from "@/lib/domain/blindness";
import { namesOfTenants } from "@/lib/domain/conditions/tenant-names";
import type { ResolvedAuthentication } from "@/lib/domain/connection";
import { isPostureRule } from "@/lib/domain/posture/rules";
import type { Secret } from "@/lib/domain/secret";
import { ClusterDetail } from "@/lib/domain/views/clusters";
import type { ConditionView } from "@/lib/domain/views/common";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { partViews } from "@/lib/operations/status/part-views";
import { brokerViews } from "./broker-views";
import { clusterLimits } from "./cluster-limits";
import { mskView } from "./msk-view";

const CONDITIONS_SHOWN = 50;

export const getCluster = defineOperation({
  name: "getCluster",
  summary: "One cluster: its brokers, how it is connected, what is wrong, how old each part is, and what cannot be seen.",
  method: "GET",
  path: "/api/clusters/{clusterId}",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ clusterId: Id }),
  output: ClusterDetail,
  act: (context, { clusterId }) => {
    const fleet = context.fleet();
    const { snapshot, summary } = findCluster(fleet, clusterId);
    const connection = context.connection(clusterId);
    const hasExporter = connection.exporter !== null;
    const conditions = fleet.conditions.filter((condition) => condition.clusterId === clusterId && !isPostureRule(condition.rule));
    const shown = worstOf(conditions);
    const brokers = brokerViews(snapshot, hasExporter, context.now().getTime());
    return {
      ...summary,
      kafkaClusterId: snapshot.metadata?.kafkaClusterId ?? null,
      bootstrap: connection.bootstrap,
      authentication: connection.bootstrap.length === 0 ? "brokers are not asked" : authenticationWords(connection.authentication),
      tls: connection.tls !== null,
      exporter: hasExporter,
      brokers,
      mskDetail: snapshot.msk === null ? null : mskView(snapshot.msk, context.aws(clusterId)?.spending() ?? null),
      limits: clusterLimits(snapshot, summary, brokers),
      conditions: shown,
      conditionTotal: conditions.length,
      tenantNames: namesOfTenants(fleet, shown),
      parts: partViews(snapshot.parts, context.now()),
      cannotSee: clusterBlindness(snapshot, hasExporter),
    };
  },
});

/**
 * What is of the cluster itself, which may be why its tenants are ill, and the worst of its tenants as far as there is room: what nobody
 * has acknowledged first.
 */
function worstOf(conditions: readonly ConditionView[]): ConditionView[] {
  const own = conditions.filter(({ tenantId }) => tenantId === null);
  const ofTenants = conditions.filter(({ tenantId }) => tenantId !== null);
  const unseen = ofTenants.filter(({ acknowledged }) => acknowledged === null);
  const seen = ofTenants.filter(({ acknowledged }) => acknowledged !== null);
  const shown = new Set([...own, ...[...unseen, ...seen].slice(0, Math.max(0, CONDITIONS_SHOWN - own.length))]);
  return conditions.filter((condition) => shown.has(condition));
}

function authenticationWords(authentication: ResolvedAuthentication): string {
  switch (authentication.kind) {
    case "none":
      return "none";
    case "mtls":
      return "client certificate";
    case "iam":
      return authentication.roleArn === undefined ? "IAM" : `IAM as ${authentication.roleArn}`;
    default:
      return `${authentication.kind.toUpperCase()} as ${userWords(authentication.username)}`;
  }
}

function userWords(username: Secret): string {
  return typeof username === "string" ? username : `the user in the secret ${username.name}`;
}
