"use client";

import Link from "next/link";
import { useMemo, useState } from "react";
import { SectionHead } from "@/components/ui/section";
import { Segments } from "@/components/ui/segments";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useCarry } from "@/lib/client/address";
import { paths, type TopicChange } from "@/lib/domain/paths";
import type { ConfigView, TopicDetail } from "@/lib/domain/views/clusters";

const SOURCE_WORDS: Record<ConfigView["source"], string> = {
  topic: "this topic",
  "dynamic-broker": "broker, set at run time",
  "dynamic-cluster": "cluster-wide default, set at run time",
  "static-broker": "broker’s file",
  default: "Kafka’s default",
  unknown: "unknown",
};

function chain({ synonyms }: ConfigView): string | undefined {
  return synonyms.length === 0
    ? undefined
    : synonyms.map(({ name, value, source }) => `${name} = ${value ?? "(hidden)"} (${source})`).join("\n");
}

/** Keys that have a form. */
const FORMS: Record<string, TopicChange> = {
  "retention.ms": "retention",
  "retention.bytes": "retention",
  "max.message.bytes": "message-size",
};

const COLUMNS: readonly Column<ConfigView, string>[] = [
  { key: "name", head: "Key", mono: true, className: "name", cell: ({ name }) => name },
  {
    key: "value",
    head: "Value",
    mono: true,
    cell: ({ value, sensitive }) =>
      value === null ? (
        <span className="tone-faint">{sensitive ? "hidden" : "not set"}</span>
      ) : (
        <bdi className="clip" title={value}>
          {value === "" ? "(empty)" : value}
        </bdi>
      ),
  },
  { key: "source", head: "Comes from", cell: (config) => <span title={chain(config)}>{SOURCE_WORDS[config.source]}</span> },
  {
    key: "tier",
    head: "Tier says",
    mono: true,
    cell: ({ tierDefault, differsFromTier }) => {
      if (tierDefault === null) return null;
      return differsFromTier ? <State tone="warn">{tierDefault}</State> : <span className="tone-muted">{tierDefault}</span>;
    },
  },
];

const CHOICES = [
  { value: "set", label: "Set or said by the tier" },
  { value: "all", label: "All" },
];

/** The topic's configuration: what is set on it first, everything on request, and for each value where it comes from. */
export function TopicConfiguration({ topic }: { topic: TopicDetail }) {
  const [choice, setChoice] = useState("set");
  const columns = useColumns(topic);
  const { configs, configsAt } = topic;
  const shown = (configs ?? []).filter(({ source, tierDefault }) => choice === "all" || source === "topic" || tierDefault !== null);
  return (
    <section>
      <SectionHead
        title="Configuration"
        note={
          configsAt === null ? null : (
            <>
              read <Time at={configsAt} />
            </>
          )
        }
        actions={configs === null ? null : <Segments label="Which keys" segments={CHOICES} value={choice} onChange={setChoice} />}
      />
      {configs === null ? <p className="tone-muted">The configuration could not be read; the reason is above.</p> : null}
      {configs !== null && shown.length === 0 ? (
        <p className="tone-muted">Nothing is set on this topic: every value is inherited.</p>
      ) : null}
      {shown.length > 0 ? <DataTable caption="Configuration" columns={columns} rows={shown} rowKey={({ name }) => name} /> : null}
    </section>
  );
}

/** The columns, with the way to the form at the end of those rows that have one. */
function useColumns({ clusterId, topic, internal }: TopicDetail): readonly Column<ConfigView, string>[] {
  const carry = useCarry();
  return useMemo(() => {
    if (internal) return COLUMNS;
    const change: Column<ConfigView, string> = {
      key: "change",
      head: "",
      align: "right",
      cell: ({ name }) => {
        const form = FORMS[name];
        return form === undefined ? null : (
          <Link className="link" prefetch={false} href={carry(paths.changeTopic(clusterId, topic, form))} aria-label={`Change ${name}`}>
            Change
          </Link>
        );
      },
    };
    return [...COLUMNS, change];
  }, [carry, clusterId, topic, internal]);
}
