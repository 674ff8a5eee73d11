"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { SectionHead } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { useCarry } from "@/lib/client/address";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { ChangeDetail } from "@/lib/domain/views/changes";

/** Why it was made, by whom and when, what can come back, and what support needs to find it. */
export function ChangeAbout({ change }: { change: ChangeDetail }) {
  const { reason, at, startedAt, finishedAt, until, rollout, correlationId, fingerprint, revert } = change;
  return (
    <section aria-labelledby="about">
      <SectionHead id="about" title="About this change" />
      <dl className="about">
        <Line word="Reason">{reason === null ? <span className="tone-muted">none was given</span> : <bdi>{reason}</bdi>}</Line>
        <Line word="Asked for">
          <Time at={at} /> by <bdi>{change.actor}</bdi>
        </Line>
        {startedAt === null ? null : (
          <Line word="Begun">
            <Time at={startedAt} />
          </Line>
        )}
        {finishedAt === null ? null : (
          <Line word="Finished">
            <Time at={finishedAt} />
          </Line>
        )}
        {until === null ? null : (
          <Line word="Takes itself back">
            <Time at={until} />
          </Line>
        )}
        {rollout === null ? null : <Line word="Rollout">{rolloutWords(rollout)}</Line>}
        <Reverts change={change} />
        <Line word="Way back">
          {revert.possible ? "It can be taken back, as a new change." : (revert.reason ?? "It cannot be taken back.")}
          {revert.lost.map((line) => (
            <bdi key={line} className="sub">
              {line}
            </bdi>
          ))}
        </Line>
        <Line word="Correlation id">
          <code>{correlationId}</code> <CopyButton text={correlationId} what="correlation id" />
        </Line>
        <Line word="Fingerprint">
          <code title={fingerprint}>{fingerprint.slice(0, 16)}…</code>
        </Line>
      </dl>
      <details className="request">
        <summary>The request as it was sent</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>{JSON.stringify(change.request, null, 2)}</pre>
      </details>
    </section>
  );
}

function Line({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Reverts({ change: { revertsId, revertedBy } }: { change: ChangeDetail }) {
  const carry = useCarry();
  const link = (id: number) => (
    <Link key={id} className="link" prefetch={false} href={carry(paths.change(id))}>
      change {id}
    </Link>
  );
  return (
    <>
      {revertsId === null ? null : <Line word="Takes back">{link(revertsId)}</Line>}
      {revertedBy.length === 0 ? null : <Line word="Taken back by">{revertedBy.map(link)}</Line>}
    </>
  );
}

function rolloutWords({ first, tenantsPerMinute, stopAfterFailures }: NonNullable<ChangeDetail["rollout"]>): string {
  const parts = [
    first === undefined ? null : `${formatCountOf(first.length, "tenant")} first`,
    tenantsPerMinute === undefined ? "as fast as it goes" : `at most ${formatCountOf(tenantsPerMinute, "tenant")} a minute`,
    stopAfterFailures === undefined ? null : `pauses after ${formatCountOf(stopAfterFailures, "failure")}`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}
