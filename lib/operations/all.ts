import { listAudit } from "./audit-log/list-audit";
import { applyChange } from "./changes/apply-change";
import { getChange } from "./changes/get-change";
import { listChangeOperations } from "./changes/list-change-operations";
import { listChangeUnits } from "./changes/list-change-units";
import { listChanges } from "./changes/list-changes";
import { planChange } from "./changes/plan-change";
import { cancelChange, pauseChange, resumeChange } from "./changes/steer-change";
import { checkConnection } from "./clusters/check-connection";
import { getCluster } from "./clusters/get-cluster";
import { getClusterHistory } from "./clusters/get-cluster-history";
import { listClusters } from "./clusters/list-clusters";
import { refreshCluster } from "./clusters/refresh-cluster";
import { acknowledgeCondition } from "./conditions/acknowledge-condition";
import { listConditions } from "./conditions/list-conditions";
import { withdrawAcknowledgement } from "./conditions/withdraw-acknowledgement";
import { getFleetCost } from "./cost/get-fleet-cost";
import { getTenantCost } from "./cost/get-tenant-cost";
import { listPrices } from "./cost/list-prices";
import { setPrices } from "./cost/set-prices";
import type { Operation } from "./define";
import { listDrift } from "./drift/list-drift";
import { applyLink } from "./enter/apply-link";
import { beginSso } from "./enter/begin-sso";
import { finishSso } from "./enter/finish-sso";
import { getSignIn } from "./enter/get-sign-in";
import { lookAtLink } from "./enter/look-at-link";
import { signIn } from "./enter/sign-in";
import { signOut } from "./enter/sign-out";
import { getGroup } from "./groups/get-group";
import { listGroups } from "./groups/list-groups";
import { getHealth } from "./health/get-health";
import { getMetrics } from "./health/get-metrics";
import { getReadiness } from "./health/get-readiness";
import { getAdvice } from "./isolation/get-advice";
import { getIsolation } from "./isolation/get-isolation";
import { correctMonth } from "./months/correct-month";
import { listMonths } from "./months/list-months";
import { listTenantMonths } from "./months/list-tenant-months";
import { getNoisy } from "./noisy/get-noisy";
import { getOverview } from "./overview/get-overview";
import { getOverviewHistory } from "./overview/get-overview-history";
import { changePassword } from "./people/change-password";
import { changePerson } from "./people/change-person";
import { createToken } from "./people/create-token";
import { endSession } from "./people/end-session";
import { getAccount } from "./people/get-account";
import { invitePerson } from "./people/invite-person";
import { listPeople } from "./people/list-people";
import { listSessions } from "./people/list-sessions";
import { listTokens } from "./people/list-tokens";
import { resetPassword } from "./people/reset-password";
import { revokeToken } from "./people/revoke-token";
import { withdrawInvitation } from "./people/withdraw-invitation";
import { getPosture } from "./posture/get-posture";
import { listPostureHistory } from "./posture/list-posture-history";
import { getPayloadAccess } from "./records/get-payload-access";
import { lookAtRecords } from "./records/look-at-records";
import { allowPayloads, forbidPayloads } from "./records/switch-payloads";
import { exportRegistry } from "./registry/export-registry";
import { importRegistry } from "./registry/import-registry";
import { search } from "./search/search";
import { getStatus } from "./status/get-status";
import { getTenant } from "./tenants/get-tenant";
import { getTenantAccess } from "./tenants/get-tenant-access";
import { getTenantHistory } from "./tenants/get-tenant-history";
import { getTenantPool } from "./tenants/get-tenant-pool";
import { listTenantGroups } from "./tenants/list-tenant-groups";
import { listTenantTopics } from "./tenants/list-tenant-topics";
import { listTenants } from "./tenants/list-tenants";
import { getTicket } from "./ticket/get-ticket";
import { getTier } from "./tiers/get-tier";
import { listTiers } from "./tiers/list-tiers";
import { getTopic } from "./topics/get-topic";
import { listTopics } from "./topics/list-topics";
import { getBrokerWhatIf } from "./usage/get-broker-what-if";
import { getTierUsage } from "./usage/get-tier-usage";
import { getUsage } from "./usage/get-usage";

/** Every operation of the console but the one that describes them. */
export const OPERATIONS: readonly Operation[] = [
  acknowledgeCondition,
  applyChange,
  cancelChange,
  correctMonth,
  getChange,
  exportRegistry,
  getAdvice,
  getCluster,
  getClusterHistory,
  getFleetCost,
  getGroup,
  getHealth,
  getIsolation,
  getMetrics,
  getNoisy,
  getOverview,
  getOverviewHistory,
  getPosture,
  getReadiness,
  getStatus,
  getTenant,
  getTenantAccess,
  getTenantCost,
  getTenantHistory,
  getTenantPool,
  getTicket,
  getTier,
  getBrokerWhatIf,
  getTierUsage,
  getTopic,
  getUsage,
  importRegistry,
  listChangeOperations,
  listChangeUnits,
  listChanges,
  listClusters,
  listConditions,
  listDrift,
  listGroups,
  listMonths,
  listPostureHistory,
  listPrices,
  listTenantGroups,
  listTenantMonths,
  listTenants,
  listTenantTopics,
  listTiers,
  listTopics,
  pauseChange,
  planChange,
  refreshCluster,
  checkConnection,
  resumeChange,
  search,
  setPrices,
  withdrawAcknowledgement,
  listAudit,
  applyLink,
  beginSso,
  finishSso,
  getSignIn,
  lookAtLink,
  signIn,
  signOut,
  changePassword,
  changePerson,
  getAccount,
  invitePerson,
  listPeople,
  resetPassword,
  endSession,
  listSessions,
  createToken,
  listTokens,
  revokeToken,
  withdrawInvitation,
  allowPayloads,
  forbidPayloads,
  getPayloadAccess,
  lookAtRecords,
];
