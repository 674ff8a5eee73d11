import { Since } from "@/components/tenancy/since";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/table";
import { configWords } from "@/lib/domain/change/operation-words";
import { UNLIMITED } from "@/lib/domain/change/values";
import type { DriftKind } from "@/lib/domain/drift/drift-item";
import type { Override, OverrideSetting } from "@/lib/domain/override";
import { overrideValue } from "@/lib/domain/override-words";
import { quotaAmount } from "@/lib/domain/quota/quota-words";
import type { DriftRow } from "@/lib/domain/views/tiers";
import type { DriftWay } from "./drift-requests";

const KIND_WORDS: Record<DriftKind, string> = {
  quota: "quota",
  extra: "extra rule",
  retention: "retention",
  "message-size": "message size",
  "override-over": "override over",
};

/** A value as Kafka writes it, in words; none where there is none. */
export function driftValue({ target, kind }: Pick<DriftRow, "target" | "kind">, text: string | null): string {
  if (target.kind === "override") return overrideText(target.setting, text);
  if (text === null) return kind === "quota" || kind === "extra" ? "no rule" : "none of its own";
  if (target.kind === "quota") return quotaAmount(target.key, Number(text));
  return target.kind === "topic-config" ? configWords(target.key, text) : text;
}

/** An override that is over: its value is still written down, and the tier counts again. */
function overrideText(setting: OverrideSetting, text: string | null): string {
  if (text === null) return "as the tier says";
  return overrideValue({ setting, value: text === UNLIMITED ? text : Number(text) } as Pick<Override, "setting" | "value">);
}

interface DriftColumnOptions {
  withTenant: boolean;
  /** null: the person may not plan changes. */
  onResolve: ((way: DriftWay, row: DriftRow) => void) | null;
}

/** The columns of a list of drift: where, what is declared and what is there, since when, by what it is declared, and the ways out. */
export function driftColumns({ withTenant, onResolve }: DriftColumnOptions): Column<DriftRow>[] {
  const value = (row: DriftRow, text: string | null) => (
    <bdi className="nowrap" title={text ?? undefined}>
      {driftValue(row, text)}
    </bdi>
  );
  const tenant: Column<DriftRow> = {
    key: "tenant",
    head: "Tenant",
    className: "name",
    cell: ({ tenantName, tenantId }) => <bdi title={tenantId}>{tenantName}</bdi>,
  };
  return [
    ...(withTenant ? [tenant] : []),
    {
      key: "where",
      head: "Where",
      className: "drift-where",
      cell: ({ resource, clusterName, name, kind }) => (
        <>
          <bdi className="mono clip" title={resource}>
            {resource}
          </bdi>
          <span className="sub">
            {KIND_WORDS[kind]} <code>{name}</code> on {clusterName}
          </span>
        </>
      ),
    },
    { key: "declared", head: "Declared", align: "right", cell: (row) => value(row, row.declared) },
    { key: "live", head: "Live", align: "right", cell: (row) => value(row, row.live) },
    { key: "source", head: "Declared by", className: "wraps", cell: ({ source }) => <bdi className="tone-muted">{source}</bdi> },
    {
      key: "since",
      head: "Since",
      cell: ({ since, managedElsewhere }) => (
        <>
          {since === null ? <span className="tone-muted">just seen</span> : <Since at={since} />}
          {managedElsewhere === null ? null : (
            <span className="sub">
              managed by <bdi>{managedElsewhere}</bdi>
            </span>
          )}
        </>
      ),
    },
    ...(onResolve === null ? [] : [waysOut(onResolve)]),
  ];
}

function waysOut(onResolve: (way: DriftWay, row: DriftRow) => void): Column<DriftRow> {
  const about = ({ name, resource }: DriftRow) => `${name} of ${resource}`;
  return {
    key: "ways",
    head: "",
    align: "right",
    cell: (row) => (
      <span className="above row-ways">
        <Button kind="quiet" aria-label={`Bring back ${about(row)}`} onClick={() => onResolve("bring-back", row)}>
          Bring back
        </Button>
        <Button kind="quiet" aria-label={`Adopt ${about(row)}`} onClick={() => onResolve("adopt", row)}>
          Adopt
        </Button>
      </span>
    ),
  };
}
