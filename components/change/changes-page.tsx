"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { ExportLink } from "@/components/tenancy/export-link";
import { PagedList } from "@/components/tenancy/paged-list";
import { Button } from "@/components/ui/button";
import { FilterChip } from "@/components/ui/filter-chip";
import { EmptyState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { WordsBox } from "@/components/ui/words-box";
import { useCarry, useScope } from "@/lib/client/address";
import { changeCsvPath, changeList } from "@/lib/client/changes";
import { CHANGE_STATES } from "@/lib/domain/change/operation";
import type { ChangeKind } from "@/lib/domain/change/request";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { changeColumns } from "./change-columns";
import { KIND_WORDS, STATE_WORDS } from "./change-words";

const KINDS = Object.keys(KIND_WORDS) as ChangeKind[];
/** What the list's address and the API call every change that is not finished. */
const OPEN = "open";
const STATES = [OPEN, ...CHANGE_STATES] as const;

const ADDRESS = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(STATES),
  kind: parseAsStringLiteral(KINDS),
  tenant: parseAsString,
};

/** The record of all changes, newest first: what was changed, by whom, when, why, and how it went. */
export function ChangesPage() {
  const [{ q, state, kind, tenant }, setQuery] = useQueryStates(ADDRESS, { history: "push" });
  const [cluster] = useScope();
  const query = { q, state, kind, tenant, cluster };
  const answer = useInfiniteQuery(changeList(query));
  const carry = useCarry();
  const columns = useMemo(
    () => changeColumns({ tenantHref: (id) => carry(paths.tenant(id)), changeHref: (id) => carry(paths.change(id)) }),
    [carry],
  );
  const total = answer.data?.pages[0]?.page.total;
  const filtered = q !== "" || state !== null || kind !== null || tenant !== null || cluster !== null;
  return (
    <>
      <PageTitle
        title="Changes"
        facts={total === undefined ? null : formatCountOf(total, "change")}
        sentence="Everything that was written through this console, with what was expected of it. No change is ever deleted from here."
      />
      <div className="filter">
        <WordsBox
          label="Filter changes"
          placeholder="Words of title or reason"
          value={q}
          onChange={(words) => void setQuery({ q: words }, { history: "replace" })}
        />
        <Choice
          label="Outcome"
          every="Every outcome"
          values={STATES}
          words={(each) => (each === OPEN ? "under way" : STATE_WORDS[each].word)}
          value={state}
          onChange={(next) => void setQuery({ state: next })}
        />
        <Choice
          label="Kind of change"
          every="Every kind"
          values={KINDS}
          words={(each) => KIND_WORDS[each]}
          value={kind}
          onChange={(next) => void setQuery({ kind: next })}
        />
        {tenant === null ? null : <FilterChip text={`tenant:${tenant}`} onRemove={() => void setQuery({ tenant: null })} />}
        <div className="end-actions">
          <ExportLink href={changeCsvPath(query)} file="changes" />
        </div>
      </div>
      <PagedList
        answer={answer}
        what="changes"
        order="newest first"
        columns={columns}
        rowKey={({ id }) => String(id)}
        rowHref={({ id }) => carry(paths.change(id))}
        empty={
          <EmptyState
            title={filtered ? "No change matches" : "Nothing was changed yet"}
            next={filtered ? <Button onClick={() => void setQuery(null)}>Show all changes</Button> : null}
          >
            {filtered
              ? "No change passes the words, the state, the kind and the scope that are set."
              : "Changes are made on the page of a tenant or a topic, and stay here with who made them and why."}
          </EmptyState>
        }
      />
    </>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  /** What stands for no choice. */
  every: string;
  values: readonly Value[];
  words: (value: Value) => string;
  value: Value | null;
  onChange: (value: Value | null) => void;
}

function Choice<Value extends string>({ label, every, values, words, value, onChange }: ChoiceProps<Value>) {
  return (
    <select
      className="select"
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(values.find((each) => each === event.target.value) ?? null)}
    >
      <option value="">{every}</option>
      {values.map((each) => (
        <option key={each} value={each}>
          {words(each)}
        </option>
      ))}
    </select>
  );
}
