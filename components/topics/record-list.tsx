"use client";

import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { formatCountOf } from "@/lib/domain/format";
import type { ShownRecord } from "@/lib/domain/records/shown-record";
import type { RecordsView } from "@/lib/domain/views/records";
import { RecordBytes } from "./record-bytes";

/** Records as they were read. All of their content is hostile: it is text, and stays between its own marks of direction. */
export function RecordList({ view: { records, partitionsRead, partitions, problems, at } }: { view: RecordsView }) {
  return (
    <div className="looked">
      {problems.map(({ message, remedy }) => (
        <Notice key={`${message} ${remedy}`} tone="warn">
          {message} {remedy}
        </Notice>
      ))}
      <p className="tone-muted" role="status">
        {records.length === 0 ? "No record was found there" : formatCountOf(records.length, "record")}, read <Time at={at} />
        {partitions > partitionsRead
          ? ` from ${partitionsRead} of ${formatCountOf(partitions, "partition")} that may hold some; newer ones may be in the others`
          : null}
        .
      </p>
      <ol>
        {records.map((record) => (
          <li key={`${record.partition} ${record.offset}`}>
            <RecordItem record={record} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function RecordItem({ record: { partition, offset, at, key, value, headers, headerCount } }: { record: ShownRecord }) {
  const place = `partition ${partition}, offset ${offset}`;
  return (
    <article aria-label={`Record of ${place}`}>
      <p className="record-place">
        <span>Partition {partition}</span>
        <span>Offset {BigInt(offset).toLocaleString("en-US")}</span>
        {at === null ? <span className="tone-faint">no time</span> : <time dateTime={at}>{at.replace("T", " ").replace("Z", " UTC")}</time>}
      </p>
      <dl>
        <div>
          <dt>Key</dt>
          <dd>
            <RecordBytes bytes={key} none="no key" what={`Key of ${place}`} />
          </dd>
        </div>
        {headers.map((header, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may be there twice, and what was read does not change.
          <div key={index}>
            <dt>
              Header <bdi className="mono">{header.name}</bdi>
            </dt>
            <dd>
              <RecordBytes bytes={header.value} none="no value" what={`Header ${header.name} of ${place}`} />
            </dd>
          </div>
        ))}
        {headerCount > headers.length ? (
          <div>
            <dt>Headers</dt>
            <dd className="tone-muted">and {formatCountOf(headerCount - headers.length, "more header")}, not shown</dd>
          </div>
        ) : null}
        <div>
          <dt>Value</dt>
          <dd>
            <RecordBytes
              bytes={value}
              none="no value: a tombstone, which deletes its key where the topic is compacted"
              what={`Value of ${place}`}
            />
          </dd>
        </div>
      </dl>
    </article>
  );
}
