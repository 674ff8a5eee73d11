"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { ExportLink } from "@/components/tenancy/export-link";
import { PagedList } from "@/components/tenancy/paged-list";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { WordsBox } from "@/components/ui/words-box";
import { auditCsvPath, auditList } from "@/lib/client/audit";
import { formatCountOf } from "@/lib/domain/format";
import { AUDIT_KINDS, AUDIT_OUTCOMES } from "@/lib/domain/people/audit";
import { AUDIT_COLUMNS, KIND_WORDS, OUTCOME_WORDS } from "./audit-columns";

const ADDRESS = {
  q: parseAsString.withDefault(""),
  kind: parseAsStringLiteral(AUDIT_KINDS),
  outcome: parseAsStringLiteral(AUDIT_OUTCOMES),
};

/** Who did what, from where, and what it came to. */
export function AuditPage() {
  const [query, setQuery] = useQueryStates(ADDRESS, { history: "push" });
  const answer = useInfiniteQuery(auditList(query));
  const total = answer.data?.pages[0]?.page.total;
  const filtered = query.q !== "" || query.kind !== null || query.outcome !== null;
  return (
    <>
      <PageTitle
        title="Audit"
        facts={total === undefined ? null : formatCountOf(total, "entry", "entries")}
        sentence="Sign-ins, refusals, changes, people, exports and looks at records. Entries are added and never altered; what cannot be entered is not done."
      />
      <div className="filter">
        <WordsBox
          label="Filter the audit"
          placeholder="Who, what, or an operation"
          value={query.q}
          onChange={(q) => void setQuery({ q }, { history: "replace" })}
        />
        <select
          className="select"
          aria-label="Kind"
          value={query.kind ?? ""}
          onChange={(event) => void setQuery({ kind: AUDIT_KINDS.find((kind) => kind === event.target.value) ?? null })}
        >
          <option value="">Every kind</option>
          {AUDIT_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_WORDS[kind]}
            </option>
          ))}
        </select>
        <select
          className="select"
          aria-label="Outcome"
          value={query.outcome ?? ""}
          onChange={(event) => void setQuery({ outcome: AUDIT_OUTCOMES.find((outcome) => outcome === event.target.value) ?? null })}
        >
          <option value="">Every outcome</option>
          {AUDIT_OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {OUTCOME_WORDS[outcome].word}
            </option>
          ))}
        </select>
        <div className="end-actions">
          <ExportLink href={auditCsvPath(query)} file="audit" />
        </div>
      </div>
      <PagedList
        answer={answer}
        what="entries"
        order="newest first"
        columns={AUDIT_COLUMNS}
        rowKey={({ id }) => String(id)}
        empty={
          <EmptyState
            title={filtered ? "No entry matches" : "Nothing is entered yet"}
            next={filtered ? <Button onClick={() => void setQuery(null)}>Show all entries</Button> : null}
          >
            {filtered
              ? "No entry passes the words, the kind and the outcome that are set."
              : "Whatever is done here from now on leaves a line: sign-ins, refusals, changes, exports, looks at records."}
          </EmptyState>
        }
      />
    </>
  );
}
