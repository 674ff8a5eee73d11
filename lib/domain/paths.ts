/** Every address of the console, built in one place. Names come from Kafka and are arbitrary, so each part is encoded. */

const part = encodeURIComponent;

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [`${part(name)}=${part(value)}`]));
  return given.length === 0 ? path : `${path}?${given.join("&")}`;
}

export const TENANT_TABS = ["overview", "topics", "consumers", "access", "ticket"] as const;
export type TenantTab = (typeof TENANT_TABS)[number];

/** Forms on a tenant's and on a topic's page. */
export const TENANT_CHANGES = ["retention", "message-size", "quota", "tier"] as const;
export type TenantChange = (typeof TENANT_CHANGES)[number];
/** Forms for many tenants at once. */
export const BULK_CHANGES = ["quota", "tier", "retention", "message-size"] as const;
export type BulkChange = (typeof BULK_CHANGES)[number];
export const TOPIC_CHANGES = ["retention", "message-size", "partitions"] as const;
export type TopicChange = (typeof TOPIC_CHANGES)[number];

export const paths = {
  overview: (): string => "/",
  tenants: (query: { q?: string; view?: string; cluster?: string } = {}): string => withQuery("/tenants", query),
  tenant: (tenantId: string, tab: TenantTab = "overview"): string =>
    tab === "overview" ? `/tenants/${part(tenantId)}` : `/tenants/${part(tenantId)}/${tab}`,
  /** The tenant's page with the brake open. */
  brakeTenant: (tenantId: string): string => withQuery(`/tenants/${part(tenantId)}`, { brake: "true" }),
  /** What a ticket about a tenant asks, at a time. */
  ticket: (tenantId: string, times: { from?: string; to?: string } = {}): string => withQuery(`/tenants/${part(tenantId)}/ticket`, times),
  isolation: (query: { tenant?: string; cluster?: string; needs?: string } = {}): string => withQuery("/isolation", query),
  clusters: (): string => "/clusters",
  cluster: (clusterId: string): string => `/clusters/${part(clusterId)}`,
  /** Where it is allowed that records of the cluster are looked at. */
  payloads: (clusterId: string): string => `/clusters/${part(clusterId)}#payloads`,
  topics: (clusterId: string, query: { q?: string; owner?: string } = {}): string =>
    withQuery(`/clusters/${part(clusterId)}/topics`, query),
  topic: (clusterId: string, topic: string): string => `/clusters/${part(clusterId)}/topics/${part(topic)}`,
  groups: (clusterId: string, query: { q?: string; owner?: string; state?: string } = {}): string =>
    withQuery(`/clusters/${part(clusterId)}/groups`, query),
  /** The form that changes something of a tenant. Of quotas `value` is produce's. */
  changeTenant: (tenantId: string, what: TenantChange, query: { reason?: string; value?: string; consume?: string } = {}): string =>
    withQuery(`/tenants/${part(tenantId)}/change/${what}`, query),
  /** The form that changes something of many tenants: those named, those kept under a key in this tab, or all that a filter finds. */
  changeTenants: (
    what: BulkChange,
    of: { ids: string } | { kept: string } | { filter: string },
    query: { value?: string; consume?: string; percent?: string; size?: string } = {},
  ): string => withQuery(`/tenants/change/${what}`, { ...of, ...query }),
  changeTopic: (clusterId: string, topic: string, what: TopicChange, query: { reason?: string; value?: string } = {}): string =>
    withQuery(`/clusters/${part(clusterId)}/topics/${part(topic)}/change/${what}`, query),
  changes: (query: { tenant?: string; cluster?: string; state?: string } = {}): string => withQuery("/changes", query),
  change: (changeId: number): string => `/changes/${changeId}`,
  /** The prices that costs are worked out from. */
  prices: (): string => "/settings/prices",
  /** Who is noisy: everybody, those beside a tenant, or those on a broker. */
  noisy: (query: { tenant?: string; cluster?: string; broker?: string; resource?: string; from?: string; to?: string } = {}): string =>
    withQuery("/noisy", query),
  tiers: (): string => "/tiers",
  /** What one broker more or less would mean on a cluster. */
  brokerWhatIf: (clusterId: string): string => `${withQuery("/tiers", { whatIf: clusterId })}#brokers`,
  newTier: (): string => "/tiers/new",
  tier: (tierId: string): string => `/tiers/${part(tierId)}`,
  editTier: (tierId: string): string => `/tiers/${part(tierId)}/edit`,
  /** Where live clusters differ from what is declared. */
  drift: (): string => "/drift",
  signIn: (query: { returnTo?: string } = {}): string => withQuery("/sign-in", query),
  account: (): string => "/account",
  people: (): string => "/people",
  audit: (query: { q?: string; kind?: string } = {}): string => withQuery("/audit", query),
  group: (clusterId: string, groupId: string): string => withQuery(`/clusters/${part(clusterId)}/groups`, { group: groupId }),
};
