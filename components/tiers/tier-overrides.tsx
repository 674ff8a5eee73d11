"use client";

import Link from "next/link";
import { useMemo, useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { Button } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useCarry } from "@/lib/client/address";
import type { RequestOf } from "@/lib/domain/change/request";
import { formatCount } from "@/lib/domain/format";
import { overrideName, overrideValue } from "@/lib/domain/override-words";
import { paths } from "@/lib/domain/paths";
import type { TenantOverride, TierDetail } from "@/lib/domain/views/tiers";

/** The request that ends one override. */
export function endOverride({
  tenantId,
  override: { setting, on },
}: Pick<TenantOverride, "tenantId" | "override">): RequestOf<"override-end"> {
  return { kind: "override-end", tenantId, overrides: [{ setting, ...(on === undefined ? {} : { on }) }] };
}

function Until({ entry: { override, over } }: { entry: TenantOverride }) {
  const { until, atEnd } = override;
  if (until === undefined) return <span className="tone-muted">no end</span>;
  if (over) {
    return (
      <State tone="warn">
        over since <Time at={until} />
      </State>
    );
  }
  return (
    <>
      <Time at={until} />
      <span className="sub">{atEnd === "take-back" ? "then taken back" : "then reported"}</span>
    </>
  );
}

function columnsOf(carry: (href: string) => string, onEnd: ((entry: TenantOverride) => void) | null): Column<TenantOverride>[] {
  const ends: Column<TenantOverride> = {
    key: "end",
    head: "",
    align: "right",
    cell: (entry) => (
      <Button
        kind="quiet"
        aria-label={`End the override of the ${overrideName(entry.override)} of ${entry.tenantName}`}
        onClick={() => onEnd?.(entry)}
      >
        End override
      </Button>
    ),
  };
  return [
    {
      key: "tenant",
      head: "Tenant",
      className: "name",
      cell: ({ tenantId, tenantName }) =>
        onEnd === null ? (
          <bdi>{tenantName}</bdi>
        ) : (
          <Link className="link" prefetch={false} href={carry(paths.tenant(tenantId))}>
            <bdi>{tenantName}</bdi>
          </Link>
        ),
    },
    {
      key: "what",
      head: "Override",
      className: "wraps",
      cell: ({ override }) => (
        <bdi>
          {overrideName(override)}: <b>{overrideValue(override)}</b>
        </bdi>
      ),
    },
    { key: "why", head: "Reason", className: "wraps", cell: ({ override: { reason } }) => <bdi>{reason}</bdi> },
    { key: "who", head: "By", cell: ({ override: { author } }) => <bdi>{author}</bdi> },
    { key: "since", head: "Since", cell: ({ override: { at } }) => <Time at={at} /> },
    { key: "until", head: "Until", cell: (entry) => <Until entry={entry} /> },
    ...(onEnd === null ? [] : [ends]),
  ];
}

/** What is declared otherwise for single tenants of the tier, by whom, why, and until when. */
export function TierOverrides({ detail: { overrides, overrideCount } }: { detail: TierDetail }) {
  const [ending, setEnding] = useState<TenantOverride | null>(null);
  const mayPlan = useMayPlan();
  const carry = useCarry();
  const columns = useMemo(() => columnsOf(carry, mayPlan ? setEnding : null), [carry, mayPlan]);
  return (
    <section aria-labelledby="overrides">
      <SectionHead id="overrides" title="Overrides" note={overrideCount === 0 ? "none" : formatCount(overrideCount)} />
      {overrides.length === 0 ? (
        <p className="tone-muted">Every tenant of the tier has what the tier declares.</p>
      ) : (
        <DataTable
          caption="Overrides of the tier’s tenants"
          className="tall"
          columns={columns}
          rows={overrides}
          rowKey={({ tenantId, key }) => `${tenantId} ${key}`}
          total={overrideCount}
        />
      )}
      {overrideCount > overrides.length ? (
        <p className="tone-muted">
          Shown are the first {formatCount(overrides.length)} of {formatCount(overrideCount)}, by tenant.
        </p>
      ) : null}
      {ending === null ? null : (
        <ChangeDialog title={`End an override of ${ending.tenantName}`} request={endOverride(ending)} onClose={() => setEnding(null)} />
      )}
    </section>
  );
}
