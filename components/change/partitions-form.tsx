"use client";

import { useQuery } from "@tanstack/react-query";
import { topicDetail } from "@/lib/client/topics";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { readTyped } from "@/lib/domain/change/typed-value";
import { formatCount } from "@/lib/domain/format";
import { ChangeForm } from "./change-form";
import { NowAfter } from "./now-after";
import { useDraft } from "./use-draft";
import { ValueInput } from "./value-input";

const FIELDS_SHOWN = ["count"];

interface PartitionsFormProps {
  clusterId: string;
  topic: string;
  draftKey: string;
  value: string;
  reason: string;
  back: string;
}

/** How many partitions a topic has. Kafka can add some and never takes one away. */
export function PartitionsForm({ clusterId, topic, draftKey, value, reason, back }: PartitionsFormProps) {
  const { data, error } = useQuery(topicDetail(clusterId, topic));
  const draft = useDraft(`${draftKey} inputs`, { count: value });
  const typed = readTyped("partitions", draft.value.count);
  const of = (count: number): ChangeRequest => ({ kind: "partitions", clusterId, topic, count });
  const now = data?.partitions ?? null;
  const suggested = now === null ? [] : [now + 1, 2 * now, 3 * now];
  const presets = [...new Set(suggested)].map((count) => ({ text: String(count), label: formatCount(count) }));
  return (
    <ChangeForm
      draftKey={draftKey}
      request={typed.state === "value" && typeof typed.value === "number" ? of(typed.value) : null}
      baseline={now === null ? null : of(now)}
      ready={draft.ready && (data !== undefined || error !== null)}
      fields={FIELDS_SHOWN}
      inputs={({ disabled, refusalOf }) => (
        <NowAfter
          now={now === null ? null : formatCount(now)}
          notes={now === null ? null : <code>{`partitions = ${now}`}</code>}
          after={
            <ValueInput
              kind="partitions"
              label="After"
              text={draft.value.count}
              onText={(count) => draft.set({ count })}
              presets={presets}
              refusal={refusalOf("count")}
              disabled={disabled}
              autoFocus
            />
          }
        />
      )}
      onInstead={(request) => request.kind === "partitions" && draft.set({ count: String(request.count) })}
      back={back}
      reason={reason}
      onDone={draft.drop}
    />
  );
}
