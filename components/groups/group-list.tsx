"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { groupColumns } from "@/components/tenancy/group-columns";
import { LAG_WORDS } from "@/components/tenancy/lag-value";
import { OwnerFilter } from "@/components/tenancy/owner-filter";
import { PagedList } from "@/components/tenancy/paged-list";
import { Button, ButtonAnchor } from "@/components/ui/button";
import { FilterChip } from "@/components/ui/filter-chip";
import { EmptyState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { WordsBox } from "@/components/ui/words-box";
import { useCarry } from "@/lib/client/address";
import { groupCsvPath, groupList } from "@/lib/client/groups";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { LAG_STATES } from "@/lib/domain/views/lag";

const ADDRESS = {
  q: parseAsString.withDefault(""),
  owner: parseAsString.withDefault("all"),
  state: parseAsStringLiteral(LAG_STATES),
  sort: parseAsStringLiteral(["attention", "name", "records", "time"]).withDefault("attention"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
};

/** All groups of a cluster, those in trouble first. */
export function GroupList({ clusterId }: { clusterId: string }) {
  const [query, setQuery] = useQueryStates(ADDRESS, { history: "push" });
  const answer = useInfiniteQuery(groupList(clusterId, query));
  const carry = useCarry();
  const columns = useMemo(() => groupColumns({ tenantHref: (id) => carry(paths.tenant(id)), without: ["cluster"] }), [carry]);
  const total = answer.data?.pages[0]?.page.total;
  const filtered = query.q !== "" || query.owner !== "all" || query.state !== null;
  return (
    <>
      <PageTitle
        title="Groups"
        facts={total === undefined ? null : formatCountOf(total, "group")}
        actions={
          <ButtonAnchor href={groupCsvPath(clusterId, query)} download={`groups-${clusterId}.csv`}>
            <Download aria-hidden />
            Export CSV
          </ButtonAnchor>
        }
      />
      <div className="filter">
        <WordsBox
          label="Filter groups"
          placeholder="Part of a name"
          value={query.q}
          onChange={(q) => void setQuery({ q }, { history: "replace" })}
        />
        <OwnerFilter owner={query.owner} onChange={(owner) => void setQuery({ owner })} />
        {query.state === null ? null : <FilterChip text={LAG_WORDS[query.state]} onRemove={() => void setQuery({ state: null })} />}
      </div>
      <PagedList
        answer={answer}
        what="groups"
        columns={columns}
        rowKey={({ groupId }) => groupId}
        rowHref={({ groupId }) => carry(paths.group(clusterId, groupId))}
        sort={{ by: query.sort, order: query.order }}
        onSort={(by, order) => void setQuery({ sort: ADDRESS.sort.parse(by), order })}
        empty={
          <EmptyState
            title={filtered ? "No group matches" : "No groups seen"}
            next={filtered ? <Button onClick={() => void setQuery(null)}>Show all groups</Button> : null}
          >
            {filtered
              ? "No group passes the words, the owner and the state that are set."
              : "No group has shown itself. Kafka leaves out groups that the console’s user may not describe, without saying so."}
          </EmptyState>
        }
      />
    </>
  );
}
