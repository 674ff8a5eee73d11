"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { revokeToken, tokenList } from "@/lib/client/people";
import { limitWords } from "@/lib/domain/people/role-limits";
import type { TokenList } from "@/lib/domain/views/people";
import { Until } from "./until";

const TokenDialog = lazy(() => import("./token-dialog").then((module) => ({ default: module.TokenDialog })));

type Token = TokenList["tokens"][number];

function Expired({ at }: { at: string }) {
  return (
    <State tone="warn">
      expired <Until at={at} />
    </State>
  );
}

/** What scripts show instead of signing in. One that has expired stays on the list until somebody takes it off. */
export function TokenSection() {
  const { data, error, refetch } = useQuery(tokenList());
  const { mutate, isPending, error: failed } = useMutation(revokeToken(useQueryClient()));
  const [open, setOpen] = useState(false);
  const columns = useMemo<Column<Token>[]>(
    () => [
      { key: "name", head: "Token", className: "name", cell: ({ name }) => <bdi>{name}</bdi> },
      { key: "role", head: "Role", cell: ({ role }) => role },
      { key: "reach", head: "Reaches", className: "reach", cell: ({ limits }) => <bdi>{limitWords(limits)}</bdi> },
      { key: "by", head: "Made by", cell: ({ createdBy }) => <bdi>{createdBy}</bdi> },
      {
        key: "until",
        head: "Works until",
        cell: ({ expiresAt, expired }) => (expired ? <Expired at={expiresAt} /> : <Until at={expiresAt} />),
      },
      {
        key: "used",
        head: "Last used",
        cell: ({ lastUsedAt }) => (lastUsedAt === null ? <span className="tone-faint">never</span> : <Time at={lastUsedAt} />),
      },
      {
        key: "end",
        head: "",
        align: "right",
        cell: ({ id, name, expired }) => (
          <Button kind="quiet" disabled={isPending} aria-label={`${expired ? "Remove" : "Revoke"} ${name}`} onClick={() => mutate(id)}>
            {expired ? "Remove" : "Revoke"}
          </Button>
        ),
      },
    ],
    [mutate, isPending],
  );
  return (
    <>
      <SectionHead
        title="Tokens"
        note="For scripts: sent as Authorization: Bearer."
        actions={<Button onClick={() => setOpen(true)}>New token</Button>}
      />
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          The tokens could not be loaded: {error.message}
        </Notice>
      )}
      {data === undefined ? null : data.tokens.length === 0 ? (
        <p className="tone-muted">There are none.</p>
      ) : (
        <DataTable caption="Tokens, the latest first" columns={columns} rows={data.tokens} rowKey={({ id }) => id} />
      )}
      {failed === null ? null : <State tone="danger">{failed.message}</State>}
      <Suspense fallback={null}>{open ? <TokenDialog onClose={() => setOpen(false)} /> : null}</Suspense>
    </>
  );
}
