import Link from "next/link";
import { formatCountOf } from "@/lib/domain/format";
import type { Owner } from "@/lib/domain/views/common";

type TenantOwner = Extract<Owner, { kind: "tenant" }>;

const BY_WORDS: Record<TenantOwner["by"], string> = {
  pattern: "by a pattern of its placement",
  prefix: "by the prefix of its placement",
  topics: "because it owns all topics the group commits to",
  principal: "by its principal",
};

/** Whose a topic, group or principal is, and on hover how that was concluded. */
export function OwnerWord({ owner, tenantHref }: { owner: Owner; tenantHref: (tenantId: string) => string }) {
  switch (owner.kind) {
    case "tenant":
      return (
        <Link href={tenantHref(owner.tenantId)} prefetch={false} className="link above" title={`Owned ${BY_WORDS[owner.by]}`}>
          {owner.tenantId}
        </Link>
      );
    case "shared":
      return (
        <span className="nowrap" title={`${owner.tenantIds.join(", ")}${owner.tenantIds.length < owner.tenantCount ? ", …" : ""}`}>
          shared by {formatCountOf(owner.tenantCount, "tenant")}
        </span>
      );
    case "service":
      return <span>{owner.role === "ours" ? "infrastructure" : "service for many tenants"}</span>;
    case "internal":
      return <span className="tone-faint">Kafka’s own</span>;
    default:
      return <span className="tone-muted">unowned</span>;
  }
}
