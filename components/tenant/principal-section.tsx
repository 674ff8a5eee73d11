import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { formatByteRate, formatCount, formatPercent } from "@/lib/domain/format";
import type { PrincipalAccess } from "@/lib/domain/views/tenants";

type Quota = NonNullable<PrincipalAccess["quotas"]>[number];
type Acl = NonNullable<PrincipalAccess["acls"]>[number];

const KIND_WORDS: Record<string, string> = { scram: "SCRAM user", mtls: "certificate", "iam-role": "IAM role", "iam-user": "IAM user" };

function quotaValue(key: string, value: number): string {
  if (key.endsWith("byte_rate")) return `${formatByteRate(value)} per broker`;
  if (key === "request_percentage") return `${formatCount(value)} % of a thread, per broker`;
  return `${formatCount(value)} per second`;
}

const QUOTA_COLUMNS: readonly Column<Quota, string>[] = [
  { key: "key", head: "Quota", mono: true, className: "name", cell: ({ key }) => key },
  { key: "value", head: "In force", align: "right", cell: ({ key, value }) => quotaValue(key, value) },
  { key: "rule", head: "Rule", cell: ({ step, entity }) => `${step} of 8: ${entity}` },
  {
    key: "shadows",
    head: "Hides",
    cell: ({ key, shadows }) =>
      shadows.length === 0 ? (
        <span className="tone-faint">nothing</span>
      ) : (
        shadows.map(({ step, entity, value }) => `rule ${step}, ${entity}: ${quotaValue(key, value)}`).join(" · ")
      ),
  },
];

const ACL_COLUMNS: readonly Column<Acl, string>[] = [
  {
    key: "resource",
    head: "Resource",
    mono: true,
    className: "name",
    cell: ({ resourceType, resourceName }) => (
      <bdi className="clip" title={resourceName}>
        {resourceType} {resourceName}
      </bdi>
    ),
  },
  { key: "pattern", head: "Match", cell: ({ patternType }) => (patternType === "prefixed" ? "every name that begins so" : "this name") },
  {
    key: "operation",
    head: "May",
    cell: ({ operation, permission }) => (permission === "deny" ? <State tone="warn">not {operation}</State> : operation),
  },
  { key: "host", head: "From", cell: ({ host }) => (host === "*" ? "any host" : host) },
];

function Exists({ exists }: Pick<PrincipalAccess, "exists">) {
  if (exists === null) return <span className="tone-muted">whether it exists cannot be seen</span>;
  return exists ? <span>exists</span> : <State tone="warn">does not exist on the cluster</State>;
}

function Quotas({ quotas }: Pick<PrincipalAccess, "quotas">) {
  if (quotas === null) return <p className="tone-muted">Quotas could not be read.</p>;
  if (quotas.length === 0) return <p className="tone-muted">No quota binds this principal: it has no limit.</p>;
  return <DataTable caption="Quotas in force" columns={QUOTA_COLUMNS} rows={quotas} rowKey={({ key, entity }) => `${key} ${entity}`} />;
}

function Acls({ acls }: Pick<PrincipalAccess, "acls">) {
  if (acls === null) return <p className="tone-muted">ACLs could not be read, or say nothing about this kind of principal.</p>;
  if (acls.length === 0) return <p className="tone-muted">No ACL names this principal.</p>;
  const key = (acl: Acl) => Object.values(acl).join(" ");
  return <DataTable caption="Access rules" columns={ACL_COLUMNS} rows={acls} rowKey={key} />;
}

/** One principal: whose it is, the quotas in force for it, and the access rules that name it. */
export function PrincipalSection({ principal }: { principal: PrincipalAccess }) {
  const { kind, name, clusterId, share, clientIds, note } = principal;
  return (
    <section>
      <SectionHead
        title={name}
        note={
          <>
            {KIND_WORDS[kind] ?? kind} on {clusterId} · <Exists exists={principal.exists} />
            {share === null ? "" : ` · ${formatPercent(share)} of the placement’s promise`}
            {clientIds.length === 0 ? "" : ` · client-ids ${clientIds.join(", ")}`}
          </>
        }
      />
      {note === null ? null : <p className="tone-muted">{note}</p>}
      <Quotas quotas={principal.quotas} />
      <div className="apart">
        <Acls acls={principal.acls} />
      </div>
    </section>
  );
}
