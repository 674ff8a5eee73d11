import { QUOTA_KEYS, type QuotaKey, type QuotaRuleFact } from "@/lib/domain/facts";
import { formatByteRate, formatCount, formatCountOf } from "@/lib/domain/format";
import { knownValue } from "@/lib/domain/observed";
import type { Placement } from "@/lib/domain/placement";
import { kafkaUserOf } from "@/lib/domain/principal-name";
import { listPromise, promisedOn, sumPromised } from "@/lib/domain/promised";
import { effectiveQuota, type QuotaIndex, quotaIndexOf } from "@/lib/domain/quota/effective";
import { entityWords, tenantsOfRule } from "@/lib/domain/quota/rule-reach";
import type { Steps } from "@/lib/domain/steps";
import { deleteQuotaLine } from "@/lib/domain/tool-lines";
import { affects, listed } from "./affected";
import { type PostureInput, type Report, tenantsOn } from "./posture";

const BYTE_KEYS = ["producer_byte_rate", "consumer_byte_rate"] as const satisfies readonly QuotaKey[];
const WORDS: Record<(typeof BYTE_KEYS)[number], string> = { producer_byte_rate: "produce", consumer_byte_rate: "consume" };
const SLICE = 200;

/** Whether what is shared is shared out: quotas that are missing, that never apply, and promises that do not fit. */
export function* fairnessFindings(input: PostureInput, report: Report): Steps<void> {
  const { cluster } = input;
  findOversold(input, report);
  if (tenantsOn(input).length < 2) return;
  if (cluster.msk?.cluster.kind === "serverless") {
    reportServerless(input, report);
    return;
  }
  if (cluster.quotas === null) {
    const reason = cluster.parts.quotas.problems[0]?.message ?? "The quotas of this cluster have not been read yet.";
    return report.cannotSee(["fairness.no-quota", "fairness.shadowed-quota"], reason);
  }
  const index = quotaIndexOf(cluster.quotas);
  yield* findUnlimited(input, index, report);
  yield* findShadowed(input, cluster.quotas, index, report);
}

function* findUnlimited(input: PostureInput, index: QuotaIndex, report: Report): Steps<void> {
  const { clusterId } = input.cluster;
  const anonymous: string[] = [];
  let roles = 0;
  let done = 0;
  for (const { tenant } of tenantsOn(input)) {
    done += 1;
    if (done % SLICE === 0) yield;
    const here = tenant.placements.filter(({ cluster, model }) => cluster === clusterId && model !== "silo");
    if (here.length === 0) continue;
    const own = here.filter(hasIdentity);
    if (own.length === 0) {
      if (here.every(({ model }) => model === "pool")) anonymous.push(tenant.id);
      continue;
    }
    roles += own.filter(({ principals }) => principals.some((principal) => kafkaUserOf(principal) === null)).length;
    const free = BYTE_KEYS.filter((key) => own.some((placement) => isFree(index, key, placement)));
    if (free.length === 0) continue;
    report.find({
      rule: "fairness.no-quota",
      severity: "warn",
      sentence: `No ${listed(free.map((key) => WORDS[key]))} quota limits it on ${clusterId}, which it shares: its peak is its neighbours' loss.`,
      evidence: { directions: free.map((key) => WORDS[key]).join(", "), ...affects([tenant.id]) },
      tenantId: tenant.id,
      subject: "quota",
    });
  }
  if (anonymous.length > 0) reportAnonymous(anonymous, report);
  if (roles > 0)
    report.seesPartly(
      ["fairness.no-quota"],
      "Kafka knows IAM roles by their sessions alone, so a rule on a role's sessions cannot be looked up.",
    );
}

function hasIdentity({ principals, clientIds }: Placement): boolean {
  return principals.length + clientIds.length > 0;
}

/** Some identity of the placement has no rule of this kind. An IAM role is many users, of which none can be named. */
function isFree(index: QuotaIndex, key: QuotaKey, { principals, clientIds }: Placement): boolean {
  const users = principals.map(kafkaUserOf);
  if (users.includes(null)) return false;
  const ids: (string | null)[] = clientIds.length === 0 ? [null] : clientIds;
  const all: (string | null)[] = users.length === 0 ? [null] : users;
  return all.some((user) => ids.some((clientId) => effectiveQuota(index, key, { user, clientId }) === null));
}

function reportAnonymous(tenantIds: readonly string[], report: Report): void {
  report.find({
    rule: "fairness.no-quota",
    severity: "info",
    sentence: `${formatCountOf(tenantIds.length, "pool tenant has", "pool tenants have")} no principal or client-id of ${tenantIds.length === 1 ? "its" : "their"} own: no quota can hold one back without the others.`,
    evidence: affects(tenantIds),
    tenantId: null,
    subject: "pool",
  });
}

function reportServerless(input: PostureInput, report: Report): void {
  const tenants = tenantsOn(input).map(({ tenant }) => tenant.id);
  report.find({
    rule: "fairness.no-quota",
    severity: "warn",
    sentence: `Serverless has no client quotas, and ${formatCount(tenants.length)} tenants share this cluster: nothing holds one back but the cluster's own limits.`,
    evidence: affects(tenants),
    tenantId: null,
    subject: "serverless",
  });
}

function* findShadowed(input: PostureInput, rules: readonly QuotaRuleFact[], index: QuotaIndex, report: Report): Steps<void> {
  const {
    fleet,
    cluster: { clusterId },
  } = input;
  const users = usersByClientId(input);
  let done = 0;
  for (const rule of rules) {
    done += 1;
    if (done % SLICE === 0) yield;
    const keys = QUOTA_KEYS.filter((key) => rule.values[key] !== undefined);
    const winners = keys.map((key) => hiddenBy(rule, key, index, users));
    const [winner] = winners;
    if (keys.length === 0 || winner === undefined || winners.some((one) => one === null)) continue;
    const { named } = tenantsOfRule(rule, index, clusterId, [], fleet.owners);
    const tenantIds = named?.tenantIds ?? [];
    report.find({
      rule: "fairness.shadowed-quota",
      severity: "info",
      sentence: `The rule on ${entityWords(rule)} never applies: ${winner} comes before it.`,
      evidence: {
        entity: entityWords(rule),
        ...valuesOf(rule),
        hiddenBy: winner,
        commands: deleteQuotaLine(rule.entity, keys),
        ...affects(tenantIds),
      },
      tenantId: null,
      subject: `quota ${entityWords(rule)}`,
    });
  }
}

function valuesOf({ values }: QuotaRuleFact): Record<string, number> {
  return Object.fromEntries(QUOTA_KEYS.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]])));
}

/** The rule that always comes before this one, in Kafka's order; null: there are clients for whom it counts, or may be. */
function hiddenBy(
  { entity: { user, clientId } }: QuotaRuleFact,
  key: QuotaKey,
  index: QuotaIndex,
  users: ReadonlyMap<string, ReadonlySet<string>>,
): string | null {
  if (user === undefined && index.defaultUser.alone?.[key] !== undefined) return "the rule on the default user";
  if (typeof user === "string" && clientId === undefined && index.users.get(user)?.defaultClient?.[key] !== undefined) {
    return `the rule on user ${user} with the default client-id`;
  }
  if (user !== undefined || typeof clientId !== "string") return null;
  const known = [...(users.get(clientId) ?? [])];
  const winners = known.map((name) => effectiveQuota(index, key, { user: name, clientId }));
  const [first] = winners;
  if (first == null || winners.some((winner) => winner === null || winner.step === 7)) return null;
  return `${known.length > 1 ? `a rule of each of its ${known.length} users, such as ` : ""}the rule on ${first.entity}`;
}

/** Who uses each client-id, as declared and as the brokers' meters saw. */
function usersByClientId(input: PostureInput): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  const add = (clientId: string, user: string): void => {
    users.set(clientId, (users.get(clientId) ?? new Set()).add(user));
  };
  for (const { tenant } of tenantsOn(input)) {
    for (const { cluster, clientIds, principals } of tenant.placements) {
      if (cluster !== input.cluster.clusterId) continue;
      for (const clientId of clientIds) {
        for (const user of principals.map(kafkaUserOf)) if (user !== null) add(clientId, user);
      }
    }
  }
  for (const { clients } of input.cluster.meters.values()) {
    for (const { user, clientId } of clients) if (user !== undefined && clientId !== undefined) add(clientId, user);
  }
  return users;
}

function findOversold(input: PostureInput, report: Report): void {
  const { fleet, cluster } = input;
  const capacity = knownValue(
    fleet.summaries.get(cluster.clusterId)?.capacityBytesPerSecond ?? { source: "unavailable", reason: "", remedy: "", at: "" },
  );
  if (capacity === null) {
    report.cannotSee(["fairness.oversold"], "What this cluster can take is not known, so promises cannot be held against it.");
    return;
  }
  const tenants = tenantsOn(input);
  const promised = sumPromised(tenants.map(({ tenant, tier }) => promisedOn(tenant, cluster.clusterId, listPromise(tier, "produce"))));
  if (promised === null || promised <= capacity) return;
  report.find({
    rule: "fairness.oversold",
    severity: "warn",
    sentence: `${formatByteRate(promised)} of produce are promised here, and the cluster can take ${formatByteRate(capacity)}.`,
    evidence: { promisedBytesPerSecond: promised, capacityBytesPerSecond: capacity, ...affects(tenants.map(({ tenant }) => tenant.id)) },
    tenantId: null,
    subject: "produce",
  });
}
