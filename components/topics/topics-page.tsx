"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { OwnerFilter } from "@/components/tenancy/owner-filter";
import { PagedList } from "@/components/tenancy/paged-list";
import { topicColumns } from "@/components/tenancy/topic-columns";
import { Button, ButtonAnchor } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { WordsBox } from "@/components/ui/words-box";
import { useCarry } from "@/lib/client/address";
import { topicCsvPath, topicList } from "@/lib/client/topics";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";

const ADDRESS = {
  q: parseAsString.withDefault(""),
  owner: parseAsString.withDefault("all"),
  sort: parseAsString.withDefault("name"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("asc"),
};

/** All topics of a cluster with whose they are; also the place where topics that nobody claims are found. */
export function TopicsPage({ clusterId }: { clusterId: string }) {
  const [query, setQuery] = useQueryStates(ADDRESS, { history: "push" });
  const answer = useInfiniteQuery(topicList(clusterId, query));
  const carry = useCarry();
  const columns = useMemo(() => topicColumns({ tenantHref: (id) => carry(paths.tenant(id)), without: ["cluster"] }), [carry]);
  const total = answer.data?.pages[0]?.page.total;
  const filtered = query.q !== "" || query.owner !== "all";
  return (
    <>
      <PageTitle
        title="Topics"
        facts={total === undefined ? null : formatCountOf(total, "topic")}
        actions={
          <ButtonAnchor href={topicCsvPath(clusterId, query)} download={`topics-${clusterId}.csv`}>
            <Download aria-hidden />
            Export CSV
          </ButtonAnchor>
        }
      />
      <div className="filter">
        <WordsBox
          label="Filter topics"
          placeholder="Part of a name"
          value={query.q}
          onChange={(q) => void setQuery({ q }, { history: "replace" })}
        />
        <OwnerFilter owner={query.owner} onChange={(owner) => void setQuery({ owner })} />
      </div>
      <PagedList
        answer={answer}
        what="topics"
        columns={columns}
        rowKey={({ topic }) => topic}
        rowHref={({ topic }) => carry(paths.topic(clusterId, topic))}
        sort={{ by: query.sort, order: query.order }}
        onSort={(sort, order) => void setQuery({ sort, order })}
        empty={
          <EmptyState
            title={filtered ? "No topic matches" : "No topics seen"}
            next={filtered ? <Button onClick={() => void setQuery(null)}>Show all topics</Button> : null}
          >
            {filtered
              ? "No topic passes the words and the owner that are set."
              : "The cluster has not shown any topic to the console’s user yet."}
          </EmptyState>
        }
      />
    </>
  );
}
