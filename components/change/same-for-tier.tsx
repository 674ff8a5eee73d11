"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useCarry } from "@/lib/client/address";
import { tenantDetail } from "@/lib/client/tenants";
import { typedWords } from "@/lib/domain/change/exact-words";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { GivenValue, TypedKind } from "@/lib/domain/change/typed-value";
import { BULK_CHANGES, type BulkChange, paths } from "@/lib/domain/paths";

interface SameForTierProps {
  tenantId: string;
  /** The setting that is changed; nothing is shown where there is no form for many tenants. */
  what: string;
  /** The change that was made: its values are in the form then. */
  request?: ChangeRequest;
}

/** Leads from a change of one tenant to the form that changes the same for all tenants of its tier. */
export function SameForTier({ tenantId, what, request }: SameForTierProps) {
  const carry = useCarry();
  const bulk = BULK_CHANGES.find((each): each is BulkChange => each === what);
  const { data: tenant } = useQuery({ ...tenantDetail(tenantId), enabled: bulk !== undefined });
  if (bulk === undefined || tenant === undefined) return null;
  const values = request === undefined ? {} : valuesOf(request);
  return (
    <Link className="link" prefetch={false} href={carry(paths.changeTenants(bulk, { filter: `tier:${tenant.tier.id}` }, values))}>
      Same setting, other tenants of <bdi>{tenant.tier.name}</bdi>
    </Link>
  );
}

type Values = Parameters<typeof paths.changeTenants>[2];

/** What was asked for, as the form for many takes it from its address. */
function valuesOf(request: ChangeRequest): Values {
  switch (request.kind) {
    case "quota":
      return {
        ...given("value", "byteRate", request.produceBytesPerSecond),
        ...given("consume", "byteRate", request.consumeBytesPerSecond),
        ...given("percent", "requestPercent", request.requestPercent),
      };
    case "retention":
      return { ...given("value", "retentionMs", request.retentionMs), ...given("size", "retentionBytes", request.retentionBytes) };
    case "message-size":
      return given("value", "maxMessageBytes", request.maxMessageBytes);
    case "tier":
      return { value: request.tierId };
    default:
      return {};
  }
}

function given(name: keyof NonNullable<Values>, kind: TypedKind, value: GivenValue | undefined): Values {
  return value === undefined ? {} : { [name]: typedWords(kind, value) };
}
