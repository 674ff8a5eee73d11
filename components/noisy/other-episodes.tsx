"use client";

import Link from "next/link";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { Time } from "@/components/ui/time";
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
      <ul className="conditions">
        {others.map(({ id, since, until, severity, label, sentence, tenantId }) => (
          <li key={`${id} ${since}`}>
            <State tone={severity}>{label}</State>
            <span className="condition-sentence">
              <bdi>{sentence}</bdi>
            </span>
            <span className="condition-since tone-muted">
              <Time at={since} />{" "}
              {until === null ? (
                "until now"
              ) : (
                <>
                  to <Time at={until} />
                </>
              )}
            </span>
            <span className="condition-ways">
              <Link className="link" prefetch={false} href={carry(momentOf(since, until, tenantId))}>
                That time
              </Link>
            </span>
          </li>
        ))}
      </ul>
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
