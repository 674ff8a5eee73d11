"use client";

import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import type { RateUnit } from "@/lib/domain/format";
import type { Direction, RowUse } from "@/lib/domain/views/use";
import { QuotaFigures } from "./quota-bar";
import { toneOf } from "./quota-words";

interface QuotaCellProps {
  tenantId: string;
  /** Where the per-broker rates are drawn over time. */
  href: string;
  direction: Direction;
  use: RowUse;
  unit: RateUnit;
  /** Takes the place of a reason that is a whole sentence. */
  short?: string | undefined;
}

/** A quota bar in a table. Inside a `QuotaCardHost` it opens the card with the brokers when hovered or focused. */
export function QuotaCell({ tenantId, href, direction, use, unit, short }: QuotaCellProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      className={classNames("quota above", use.share === null ? null : toneOf(use))}
      data-quota-card={direction}
      data-tenant={tenantId}
    >
      <QuotaFigures use={use} direction={direction} unit={unit} short={short} />
    </Link>
  );
}
