"use client";

import { useQuery } from "@tanstack/react-query";
import { PageAnswer } from "@/components/tenancy/answered";
import { CaughtUpWords } from "@/components/tenancy/caught-up-words";
import { EpisodeList } from "@/components/tenancy/episode-list";
import { Button, ButtonAnchor } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { useTimeRange } from "@/lib/client/address";
import { fetchText } from "@/lib/client/fetch-json";
import type { HistoryRange } from "@/lib/client/history-range";
import { tenantTicket, ticketMarkdownPath } from "@/lib/client/tenants";
import { formatCountOf, formatSpan, formatUtcMinute } from "@/lib/domain/format";
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
  const answer = useQuery(tenantTicket(tenantId, range));
  return (
    <PageAnswer answer={answer} failed="The checklist could not be loaded" waiting={<Skeleton height={320} />}>
      {(ticket) => (
        <>
          <SectionHead title="What is it?" note={timeWords(ticket)} actions={<Texts tenantId={tenantId} range={range} />} />
          <DataTable caption="Checklist" className="tall" columns={COLUMNS} rows={ticket.checklist} rowKey={({ id }) => id} />
          <CaughtUpList ticket={ticket} />
          <Episodes ticket={ticket} />
        </>
      )}
    </PageAnswer>
  );
}

/** Which time the answers are of, and how finely it is kept. */
function timeWords({ from, to, isNow, stepMs }: TicketView): string {
  const span = `${formatUtcMinute(from)} to ${isNow ? "now" : formatUtcMinute(to)}`;
  return stepMs === null ? `${span}; nothing is kept of this time` : `${span}; kept by ${formatSpan(stepMs)}`;
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
        {caughtUp.map(({ groupId, clusterId, ...words }) => (
          <li key={`${clusterId} ${groupId}`}>
            <bdi className="mono">{groupId}</bdi> <CaughtUpWords {...words} />
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
      {episodes.length === 0 ? <p className="tone-muted">Nothing is on record for this time.</p> : <EpisodeList episodes={episodes} />}
    </section>
  );
}
