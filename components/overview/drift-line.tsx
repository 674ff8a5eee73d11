"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { State } from "@/components/ui/state";
import { useCarry, useScope } from "@/lib/client/address";
import { driftCount } from "@/lib/client/tiers";
import { formatCount } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";

/** How much of the clusters is not what is declared, with the way to it. Nothing where nothing is known to differ. */
export function DriftLine() {
  const [scope] = useScope();
  const { data: count = 0 } = useQuery(driftCount(scope));
  const carry = useCarry();
  if (count === 0) return null;
  return (
    <p className="drift-line">
      <State tone="info">
        {count === 1 ? "One value differs" : `${formatCount(count)} values differ`} from what tiers and overrides declare.
      </State>{" "}
      <Link className="link" prefetch={false} href={carry(paths.drift())}>
        Bring back or adopt
      </Link>
    </p>
  );
}
