"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { ObservedValue } from "@/components/tenancy/source-mark";
import { State } from "@/components/ui/state";
import { useCarry } from "@/lib/client/address";
import { formatDollars } from "@/lib/domain/cost/cost-words";
import { formatByteRate, formatBytes, formatCount, formatCountOf } from "@/lib/domain/format";
import { MODELS, type Model } from "@/lib/domain/isolation";
import { paths } from "@/lib/domain/paths";
import type { IsolationView, ListPrice } from "@/lib/domain/views/isolation";

interface LiveRow {
  head: string;
  cell: (model: Model, view: IsolationView) => ReactNode;
  rest: (view: IsolationView) => ReactNode;
}

const ROWS: readonly LiveRow[] = [
  {
    head: "Tenants",
    cell: (model, { models }) => <Tenants count={models[model].tenants} q={`model:only-${model}`} />,
    rest: ({ mixed, unplaced }) => (
      <>
        {mixed.tenants === 0 ? "none mixed" : <Tenants count={mixed.tenants} q="model:mixed" word="mixed" />}
        {unplaced === 0 ? null : `, ${formatCount(unplaced)} unplaced`}
      </>
    ),
  },
  {
    head: "Near or over quota",
    cell: (model, { models }) => <Near count={models[model].nearLimit} q={`model:only-${model}`} />,
    rest: ({ mixed }) => (mixed.tenants === 0 ? null : <Near count={mixed.nearLimit} q="model:mixed" word="mixed" />),
  },
  {
    head: "Topics",
    cell: (model, { models }) => {
      const { topics, unreadClusters } = models[model];
      return `${unreadClusters > 0 ? "at least " : ""}${formatCount(topics)}`;
    },
    rest: ({ models }) => {
      const all = MODELS.reduce((sum, model) => sum + models[model].topics, 0);
      const isCut = MODELS.some((model) => models[model].unreadClusters > 0);
      return `${isCut ? "at least " : ""}${formatCountOf(all, "topic of tenants", "topics of tenants")}`;
    },
  },
  {
    head: "Written to topics",
    cell: (model, { models }) => <ObservedValue observed={models[model].bytesInPerSecond} format={formatByteRate} />,
    rest: () => null,
  },
  {
    head: "Stored, one copy",
    cell: (model, { models }) => <ObservedValue observed={models[model].storageBytes} format={formatBytes} />,
    rest: () => null,
  },
  {
    head: "Cost a month, at the use of now",
    cell: (model, { costs }) => <ObservedValue observed={costs[model]} format={formatDollars} />,
    rest: ({ costs, mixed }) => (
      <>
        {mixed.tenants === 0 ? null : (
          <>
            mixed: <ObservedValue observed={costs.mixed} format={formatDollars} />,{" "}
          </>
        )}
        {costs.idle === null || costs.rest === null ? null : `${formatDollars(costs.idle)} idle, ${formatDollars(costs.rest)} of no tenant`}
      </>
    ),
  },
  {
    head: "List price a month",
    cell: (model, { prices }) => <Price price={prices[model]} />,
    rest: ({ mixed, prices }) =>
      mixed.tenants === 0 ? null : (
        <>
          mixed: <Price price={prices.mixed} />
        </>
      ),
  },
];

/** What stands under each model now; tenants of several models are in the last column alone. */
export function LiveRows({ view }: { view: IsolationView }) {
  return (
    <tbody className="live-rows">
      <tr className="dimension">
        <th scope="rowgroup" colSpan={5}>
          In this fleet now
        </th>
      </tr>
      {ROWS.map(({ head, cell, rest }) => (
        <tr key={head} className="row">
          <th scope="row">{head}</th>
          {MODELS.map((model) => (
            <td key={model} data-label={model.charAt(0).toUpperCase() + model.slice(1)}>
              <span>{cell(model, view)}</span>
            </td>
          ))}
          <td data-label="Also" className="tone-muted">
            <span>{view.tenant === null ? rest(view) : null}</span>
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function Tenants({ count, q, word }: { count: number; q: string; word?: string }) {
  const carry = useCarry();
  const words = word === undefined ? formatCount(count) : `${formatCount(count)} ${word}`;
  if (count === 0) return words;
  return (
    <Link className="link" prefetch={false} href={carry(paths.tenants({ q }))}>
      {words}
      <span className="visually-hidden"> {count === 1 ? "tenant" : "tenants"}</span>
    </Link>
  );
}

function Near({ count, q, word }: { count: number; q: string; word?: string }) {
  const carry = useCarry();
  if (count === 0) return <span className="tone-faint">none{word === undefined ? "" : ` ${word}`}</span>;
  return (
    <Link className="state-link" prefetch={false} href={carry(paths.tenants({ q, view: "near-limit" }))}>
      <State tone="warn">
        {formatCountOf(count, "tenant")}
        {word === undefined ? "" : `, ${word}`}
      </State>
    </Link>
  );
}

function Price({ price }: { price: ListPrice }) {
  if (price === null) return <span className="tone-faint">no prices set</span>;
  const { perMonth, withoutPrice } = price;
  return `${formatCount(perMonth)}${withoutPrice > 0 ? `, ${formatCount(withoutPrice)} without a price` : ""}`;
}
