"use client";

import { useEffect, useRef } from "react";
import { CheckBox } from "@/components/ui/check-box";
import { clusterOf, type PlannedOperation } from "@/lib/domain/change/operation";
import { operationWords } from "@/lib/domain/change/operation-words";
import type { TopicRef } from "@/lib/domain/change/request";
import { formatCountOf } from "@/lib/domain/format";
import { Bytes, goesWith, NowAndAfter, OperationHead, OperationSubject, operationKey, Value } from "./operation-table";

export function topicKey({ clusterId, topic }: TopicRef): string {
  return `${clusterId}/${topic}`;
}

interface TopicOperationsProps {
  /** All topics that can be part of it, chosen or not. */
  topics: readonly TopicRef[];
  excluded: ReadonlySet<string>;
  onExclude: (keys: string[]) => void;
  /** null: nothing is given yet. */
  operations: readonly PlannedOperation[] | null;
  /** What a topic has now, in words; null: not known. Said where no operation says it. */
  nowOf: (topic: TopicRef) => string | null;
  disabled: boolean;
}

/** The topics of a change with what becomes of each; a topic without its mark is left as it is. Declarations stand below. */
export function TopicOperations({ topics, excluded, onExclude, operations, nowOf, disabled }: TopicOperationsProps) {
  const { byTopic, declared } = groupOperations(operations ?? []);
  const clusters = new Set(topics.map(({ clusterId }) => clusterId));
  const total = goesWith(operations ?? []);
  const toggle = (key: string) => onExclude(excluded.has(key) ? [...excluded].filter((one) => one !== key) : [...excluded, key]);
  const all = topics.map(topicKey);
  const included = all.filter((key) => !excluded.has(key)).length;
  return (
    <div className="bleed">
      <table className="data-table tight operations">
        <caption className="visually-hidden">Operations of this change by topic</caption>
        <OperationHead
          pick={<AllPick included={included} of={all.length} disabled={disabled} onChange={(on) => onExclude(on ? [] : all)} />}
          subject="Topic"
          withGoes={total !== null}
        />
        <tbody>
          {topics.map((ref) => {
            const key = topicKey(ref);
            return (
              <TopicRow
                key={key}
                topic={ref}
                withCluster={clusters.size > 1}
                included={!excluded.has(key)}
                onToggle={() => toggle(key)}
                operations={operations === null ? null : (byTopic.get(key) ?? [])}
                now={nowOf(ref)}
                withGoes={total !== null}
                disabled={disabled}
              />
            );
          })}
          {declared.map((operation) => (
            <Declared key={operationKey(operation)} operation={operation} withGoes={total !== null} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <th scope="row" colSpan={3}>
              {included === all.length ? formatCountOf(all.length, "topic") : `${included} of ${formatCountOf(all.length, "topic")}`}
            </th>
            {total === null ? null : (
              <td className="num">
                <Bytes observed={total} />
              </td>
            )}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function groupOperations(operations: readonly PlannedOperation[]) {
  const byTopic = new Map<string, PlannedOperation[]>();
  const declared: PlannedOperation[] = [];
  for (const operation of operations) {
    const { target } = operation;
    if ("topic" in target) byTopic.set(topicKey(target), [...(byTopic.get(topicKey(target)) ?? []), operation]);
    else declared.push(operation);
  }
  return { byTopic, declared };
}

function AllPick({
  included,
  of,
  disabled,
  onChange,
}: {
  included: number;
  of: number;
  disabled: boolean;
  onChange: (on: boolean) => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  const some = included > 0 && included < of;
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = some;
  }, [some]);
  return (
    <CheckBox
      ref={box}
      aria-label="All topics"
      checked={included === of}
      disabled={disabled}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}

interface TopicRowProps {
  topic: TopicRef;
  withCluster: boolean;
  included: boolean;
  onToggle: () => void;
  operations: readonly PlannedOperation[] | null;
  now: string | null;
  withGoes: boolean;
  disabled: boolean;
}

function TopicRow({ topic: { topic, clusterId }, withCluster, included, onToggle, operations, now, withGoes, disabled }: TopicRowProps) {
  const words = (operations ?? []).map(operationWords);
  const several = words.length > 1;
  return (
    <tr className={included ? undefined : "left"}>
      <td>
        <CheckBox aria-label={topic} checked={included} disabled={disabled} onChange={onToggle} />
      </td>
      <th scope="row">
        <bdi className="mono clip" title={topic}>
          {topic}
        </bdi>
        {withCluster ? <span className="sub">on {clusterId}</span> : null}
        {several
          ? words.map(({ what }) => (
              <code key={what} className="sub">
                {what}
              </code>
            ))
          : null}
      </th>
      <td className="num tone-muted">
        {words.length === 0 ? <span className="nowrap">{now}</span> : null}
        {words.map(({ what, before }) => (
          <span key={what} className="line">
            <Value words={before} />
          </span>
        ))}
      </td>
      <td className="num">
        {words.length === 0 && operations !== null ? <span className="tone-faint nowrap">as it is</span> : null}
        {words.map(({ what, after }) => (
          <span key={what} className="line">
            <Value words={after} />
          </span>
        ))}
      </td>
      {withGoes ? (
        <td className="num">
          {operations?.map((operation) => (
            <Bytes key={operationKey(operation)} observed={operation.deletesBytes} />
          ))}
        </td>
      ) : null}
    </tr>
  );
}

/** What the console itself declares with it. */
function Declared({ operation, withGoes }: { operation: PlannedOperation; withGoes: boolean }) {
  return (
    <tr>
      <td />
      <th scope="row">
        <OperationSubject operation={operation} withCluster={clusterOf(operation.target) !== null} />
      </th>
      <NowAndAfter operation={operation} />
      {withGoes ? <td /> : null}
    </tr>
  );
}
