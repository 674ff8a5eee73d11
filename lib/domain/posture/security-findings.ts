import { clustersWithKey, type KeyKnowledge, keyOf } from "@/lib/domain/compare/in-force-key";
import { formatCountOf } from "@/lib/domain/format";
import { ownerOfPrincipal } from "@/lib/domain/owner";
import type { Tenant } from "@/lib/domain/tenant";
import { affects, listed } from "./affected";
import { type PostureInput, type Report, tenantsOn } from "./posture";

/** How clients get in, whether others can listen, and whose the users and keys are. */
export function securityFindings(input: PostureInput, report: Report): void {
  if (input.cluster.msk === null)
    report.seesPartly(
      ["security.unauthenticated", "security.plaintext"],
      "Only the listener that this console uses is known; AWS has not told of this cluster.",
    );
  findSignIn(input, report);
  findPlaintext(input, report);
  findUsers(input, report);
  findKeys(input, report);
}

function findSignIn(input: PostureInput, report: Report): void {
  const told = input.cluster.msk?.cluster.authentication;
  const isOpen =
    told?.unauthenticated ??
    (input.connection !== null && input.connection.bootstrap.length > 0 && input.connection.authentication.kind === "none");
  if (!isOpen) return;
  const tenants = tenantsOn(input).map(({ tenant }) => tenant.id);
  report.find({
    rule: "security.unauthenticated",
    severity: "danger",
    sentence: `Clients need no sign-in: whoever reaches the brokers is User:ANONYMOUS, and rules for it or for everybody count. ${formatCountOf(tenants.length, "tenant")} here.`,
    evidence: affects(tenants),
    tenantId: null,
    subject: "sign-in",
  });
}

function findPlaintext(input: PostureInput, report: Report): void {
  const { cluster, connection } = input;
  const told = cluster.msk?.cluster.encryptionInTransit ?? null;
  const ways: string[] = [];
  if (told !== null && told.clientBroker !== "TLS") {
    ways.push(told.clientBroker === "PLAINTEXT" ? "clients can only connect without TLS" : "clients may connect without TLS");
  }
  if (told !== null && !told.inCluster) ways.push("brokers copy records among themselves without TLS");
  if (told === null && connection !== null && connection.bootstrap.length > 0 && connection.tls === null)
    ways.push("this console connects without TLS");
  if (ways.length === 0) return;
  const words = listed(ways);
  report.find({
    rule: "security.plaintext",
    severity: told?.clientBroker === "PLAINTEXT" ? "danger" : "warn",
    sentence: `${words.charAt(0).toUpperCase()}${words.slice(1)}: whoever is on the way can read records and, with SCRAM off, act as a client.`,
    evidence: {
      clientBroker: told?.clientBroker ?? null,
      inCluster: told === null ? null : String(told.inCluster),
      ...affects(tenantsOn(input).map(({ tenant }) => tenant.id)),
    },
    tenantId: null,
    subject: "transit",
  });
}

function findUsers({ fleet, cluster }: PostureInput, report: Report): void {
  if (cluster.scramUsers === null) {
    const reason = cluster.parts.scram.problems[0]?.message ?? "The SCRAM users of this cluster have not been read yet.";
    report.cannotSee(["security.unowned-user"], reason);
    return;
  }
  const nobodys = cluster.scramUsers
    .map(({ name }) => name)
    .filter((name) => ownerOfPrincipal(fleet.owners, cluster.clusterId, name).owner.kind === "unowned");
  if (nobodys.length === 0) return;
  report.find({
    rule: "security.unowned-user",
    severity: "info",
    sentence: `${listed(nobodys)}: no tenant and no service has ${nobodys.length === 1 ? "this SCRAM user" : "these SCRAM users"}.`,
    evidence: { users: nobodys.length, names: nobodys.slice(0, 5).join(", ") },
    tenantId: null,
    subject: "scram users",
  });
}

/** Who is promised a key of its own and has none here. Where it cannot be seen whose the key is, nobody is accused and it is said. */
function findKeys(input: PostureInput, report: Report): void {
  const known = keyOf(input.cluster);
  for (const { tenant } of tenantsOn(input)) {
    if (tenant.requirements?.ownEncryptionKey !== true) continue;
    const reason = whyNoOwnKey(tenant, input, known);
    if (reason === null) {
      if ("cannotSee" in known)
        report.cannotSee(["security.no-own-key"], `Cannot see whether the key is yours or AWS's own (alias/aws/kafka): ${known.cannotSee}`);
      continue;
    }
    report.find({
      rule: "security.no-own-key",
      severity: "danger",
      sentence: `A key of its own is promised, and ${reason}.`,
      evidence: { kmsKeyArn: known.keyArn, keyManager: "manager" in known ? known.manager : null, ...affects([tenant.id]) },
      tenantId: tenant.id,
      subject: "key",
    });
  }
}

/** null: it has one, or that cannot be seen. */
function whyNoOwnKey({ placements }: Tenant, { fleet, cluster }: PostureInput, known: KeyKnowledge): string | null {
  const { clusterId, msk } = cluster;
  if (placements.some(({ cluster: id, model }) => id === clusterId && model !== "silo"))
    return "its model shares the cluster, and with it the key";
  if (msk?.cluster.kind === "serverless") return "serverless encrypts with a key of AWS";
  if ("manager" in known && known.manager === "aws") return "the cluster is encrypted with AWS's managed key (alias/aws/kafka)";
  const others = known.keyArn === null ? [] : clustersWithKey(fleet, known.keyArn).filter((id) => id !== clusterId);
  return others.length > 0 ? `the key also encrypts ${listed(others)}` : null;
}
