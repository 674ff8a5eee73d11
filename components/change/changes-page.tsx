"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ExportLink } from "@/components/tenancy/export-link";
import { PagedList } from "@/components/tenancy/paged-list";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { useCarry, useScope } from "@/lib/client/address";
import { changeCsvPath, changeList } from "@/lib/client/changes";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { changeColumns } from "./change-columns";
import { ChangesFilter, useChangesFilter } from "./changes-filter";

/** The record of all changes, newest first: what was changed, by whom, when, why, and how it went. */
export function ChangesPage() {
  const [filter, setFilter] = useChangesFilter();
  const [cluster] = useScope();
  const query = { ...filter, cluster };
  const answer = useInfiniteQuery(changeList(query));
  const carry = useCarry();
  const columns = useMemo(
    () => changeColumns({ tenantHref: (id) => carry(paths.tenant(id)), changeHref: (id) => carry(paths.change(id)) }),
    [carry],
  );
  const persons = useMemo(() => [...new Set(answer.data?.pages.flatMap(({ rows }) => rows.map(({ actor }) => actor)))], [answer.data]);
  const total = answer.data?.pages[0]?.page.total;
  const filtered = Object.values(query).some((value) => value !== null && value !== "");
  return (
    <>
      <PageTitle
        title="Changes"
        facts={total === undefined ? null : formatCountOf(total, "change")}
        sentence="Everything that was written through this console, with what was expected of it. No change is ever deleted from here."
      />
      <div className="filter">
        <ChangesFilter persons={persons} />
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
            next={filtered ? <Button onClick={() => void setFilter(null)}>Show all changes</Button> : null}
          >
            {filtered
              ? "No change passes the words, the state, the kind, the person, the days and the scope that are set."
              : "Changes are made on the page of a tenant or a topic, and stay here with who made them and why."}
          </EmptyState>
        }
      />
    </>
  );
}
