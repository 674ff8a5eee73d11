"use client";

import Link from "next/link";
import { EpisodeList } from "@/components/tenancy/episode-list";
import { SectionHead } from "@/components/ui/section";
import { useCarry } from "@/lib/client/address";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { NoisyView } from "@/lib/domain/views/noisy";

/** Episodes of the range that are over, and brokers under pressure for which nobody is to blame. */
export function OtherEpisodes({ view: { others, live } }: { view: NoisyView }) {
  const carry = useCarry();
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="episodes">
      <SectionHead
        id="episodes"
        title={live ? "Earlier, and pressure without anybody to blame" : "Episodes of this time"}
        note={formatCountOf(others.length, "episode")}
      />
      <EpisodeList
        episodes={others}
        ways={({ since, until, tenantId }) => (
          <Link className="link" prefetch={false} href={carry(momentOf(since, until, tenantId))}>
            That time
          </Link>
        )}
      />
    </section>
  );
}

/** A little more than the episode itself. */
const AROUND_MS = 5 * 60_000;

function momentOf(since: string, until: string | null, tenantId: string | null): string {
  const from = new Date(Date.parse(since) - AROUND_MS).toISOString();
  const to = until === null ? {} : { from, to: new Date(Date.parse(until)).toISOString() };
  return paths.noisy({ ...(tenantId === null ? {} : { tenant: tenantId }), ...to });
}
