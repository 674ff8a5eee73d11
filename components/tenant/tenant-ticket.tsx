"use client";

import { useQuery } from "@tanstack/react-query";
import { Button, ButtonAnchor } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useTimeRange } from "@/lib/client/address";
import { ApiError, fetchText } from "@/lib/client/fetch-json";
import type { HistoryRange } from "@/lib/client/history-range";
import { tenantTicket, ticketMarkdownPath } from "@/lib/client/tenants";
import { formatCountOf, formatDuration } from "@/lib/domain/format";
import type { ChecklistItem, TicketView } from "@/lib/domain/views/ticket";

function Answer({ answer }: Pick<ChecklistItem, "answer">) {
  if (answer === "yes") return <State tone="warn">Yes</State>;
  if (answer === "no") return <State tone="ok">No</State>;
  return <State tone="info">Cannot see, because</State>;
}

const COLUMNS: readonly Column<ChecklistItem>[] = [
  { key: "question", head: "Question", className: "name", cell: ({ question }) => question },
  { key: "answer", head: "Answer", cell: (item) => <Answer {...item} /> },
  { key: "evidence", head: "Evidence", className: "prose-cell", cell: ({ evidence }) => <bdi>{evidence}</bdi> },
];

/** What a ticket about the tenant asks, answered from what is seen; with what was so at that time, and both texts to take along. */
export function TenantTicket({ tenantId }: { tenantId: string }) {
  const [range] = useTimeRange();
  const { data, error, refetch } = useQuery(tenantTicket(tenantId, range));
  if (data === undefined) {
    if (error === null) return <Skeleton height={320} />;
    return (
      <ErrorState
        title="The checklist could not be loaded"
        message={error.message}
        requestId={error instanceof ApiError ? error.requestId : null}
        onRetry={() => void refetch()}
      />
    );
  }
  return (
    <>
      <SectionHead title="What is it?" note="as it is now" actions={<Texts tenantId={tenantId} range={range} />} />
      <DataTable caption="Checklist" className="tall" columns={COLUMNS} rows={data.checklist} rowKey={({ id }) => id} />
      <CaughtUpList ticket={data} />
      <Episodes ticket={data} />
    </>
  );
}

function Texts({ tenantId, range }: { tenantId: string; range: HistoryRange }) {
  const internal = ticketMarkdownPath(tenantId, range, "internal");
  const forward = ticketMarkdownPath(tenantId, range, "forward");
  return (
    <>
      <CopyButton text={() => fetchText(internal)} what="the checklist" label="Copy, internal" />
      <CopyButton text={() => fetchText(forward)} what="the version for the customer" label="Copy, safe to forward" />
      <ButtonAnchor kind="quiet" href={forward} download={`${tenantId}-ticket.md`}>
        Export, safe to forward
      </ButtonAnchor>
      <Button kind="quiet" onClick={() => window.print()}>
        Print
      </Button>
    </>
  );
}

function CaughtUpList({ ticket: { caughtUp } }: { ticket: TicketView }) {
  if (caughtUp.length === 0) return null;
  return (
    <section>
      <SectionHead title="Caught up in" note="backlog over what is read beyond what is written" />
      <ul className="ticket-lines">
        {caughtUp.map(({ groupId, clusterId, inMs, arithmetic }) => (
          <li key={`${clusterId} ${groupId}`}>
            <bdi className="mono">{groupId}</bdi> {inMs === null ? null : <b>{formatDuration(inMs)}</b>}{" "}
            <span className="tone-muted">{arithmetic}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Episodes({ ticket: { episodes } }: { ticket: TicketView }) {
  return (
    <section>
      <SectionHead title="What was so in this time" note={formatCountOf(episodes.length, "episode")} />
      {episodes.length === 0 ? <p className="tone-muted">Nothing is on record for this time.</p> : null}
      <ul className="conditions">
        {episodes.map(({ id, since, until, severity, label, sentence }) => (
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
          </li>
        ))}
      </ul>
    </section>
  );
}
