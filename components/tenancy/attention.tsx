import { State } from "@/components/ui/state";
import type { TenantRow } from "@/lib/domain/views/tenants";

/** The worst of what is wrong, in words, and how much more there is. One that is well leaves the place empty. */
export function Attention({ attention }: { attention: TenantRow["attention"] }) {
  if (attention === null) return <span className="visually-hidden">Nothing to attend to</span>;
  const { more } = attention;
  return (
    <State
      tone={attention.severity}
      title={more > 0 ? `${attention.label}, and ${more} more` : attention.label}
      end={more > 0 ? `+${more}` : null}
    >
      {attention.label}
    </State>
  );
}
