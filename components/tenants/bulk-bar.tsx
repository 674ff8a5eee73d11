"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button, ButtonAnchor } from "@/components/ui/button";
import { useCarry } from "@/lib/client/address";
import { pickCsv } from "@/lib/client/csv-lines";
import { type TenantListQuery, tenantCsvPath } from "@/lib/client/tenants";
import { formatCountOf } from "@/lib/domain/format";
import { type BulkChange, paths } from "@/lib/domain/paths";
import { addressOf, type BulkScope, filterOf } from "./bulk-scope";

const CHANGES: readonly { what: BulkChange; label: string }[] = [
  { what: "quota", label: "Change quota" },
  { what: "tier", label: "Change tier" },
  { what: "retention", label: "Change retention" },
  { what: "message-size", label: "Change message size" },
];

interface BulkBarProps {
  query: TenantListQuery;
  selected: ReadonlySet<string>;
  /** Everybody the filter finds is meant, not only those that were chosen. */
  all: boolean;
  /** How many the filter finds. */
  total: number;
  onAll: () => void;
  onClear: () => void;
}

/** What can be done with the tenants that were chosen. Nothing while none is. */
export function BulkBar({ query, selected, all, total, onAll, onClear }: BulkBarProps) {
  const router = useRouter();
  const carry = useCarry();
  if (selected.size === 0 && !all) return null;
  const count = all ? total : selected.size;
  const scope: BulkScope = all ? { filter: filterOf(query) } : { tenantIds: [...selected] };
  const open = (what: BulkChange) => router.push(carry(paths.changeTenants(what, addressOf(scope, window.sessionStorage))));
  return (
    <section className="bulk-bar" aria-label="Chosen tenants">
      <b role="status">{formatCountOf(count, "tenant")} chosen</b>
      {!all && total > selected.size ? (
        <Button kind="quiet" onClick={onAll}>
          Choose all {formatCountOf(total, "tenant")} that match
        </Button>
      ) : null}
      <span className="bulk-actions">
        {CHANGES.map(({ what, label }) => (
          <Button key={what} onClick={() => open(what)}>
            {label}
          </Button>
        ))}
        {all ? (
          <ButtonAnchor href={tenantCsvPath(query)} download="tenants.csv">
            <Download aria-hidden />
            Export CSV
          </ButtonAnchor>
        ) : (
          <ExportChosen selected={selected} />
        )}
        <Button kind="quiet" onClick={onClear}>
          Clear
        </Button>
      </span>
    </section>
  );
}

/** Those chosen may be of several filters, so they are picked from the file of all tenants. */
function ExportChosen({ selected }: { selected: ReadonlySet<string> }) {
  const saving = useMutation({
    mutationFn: async () => {
      const answer = await fetch(tenantCsvPath({ q: "", view: "all", sort: "name", order: "asc", cluster: null, spark: "" }));
      if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
      save(pickCsv(await answer.text(), (id) => selected.has(id)));
    },
  });
  return (
    <>
      <Button disabled={saving.isPending} onClick={() => saving.mutate()}>
        <Download aria-hidden />
        Export CSV
      </Button>
      {saving.error === null ? null : (
        <span className="tone-danger" role="alert">
          Not exported: {saving.error.message}
        </span>
      )}
    </>
  );
}

function save(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "tenants.csv";
  link.click();
  URL.revokeObjectURL(address);
}
