"use client";

import { useQuery } from "@tanstack/react-query";
import { Popover } from "radix-ui";
import { useEffect, useId, useMemo } from "react";
import { WaitingFor } from "@/components/ui/skeleton";
import { formatClock } from "@/components/ui/time";
import { tenantDetail } from "@/lib/client/tenants";
import { formatByteRate, formatCount, formatCountOf, formatMilliseconds, formatRateOf } from "@/lib/domain/format";
import type { BrokerUse, BucketUse, Direction, DirectionUse } from "@/lib/domain/views/use";
import { QuotaBar } from "./quota-bar";
import type { QuotaCardTarget } from "./quota-card-host";
import { brokerRowUse } from "./quota-words";

const BROKERS_SHOWN = 12;
const VERBS: Record<Direction, string> = { produce: "produces", consume: "consumes" };
const SOURCE_SENTENCES = {
  measured: "Measured by the brokers",
  derived: "Derived from the rates of its topics",
  estimated: "Estimated from a sample",
  reported: "Reported by the customer’s own application",
} as const;

function brokerWords(use: BrokerUse): string {
  const rate =
    use.quotaBytesPerSecond === null ? formatByteRate(use.bytesPerSecond) : formatRateOf(use.bytesPerSecond, use.quotaBytesPerSecond);
  return (use.throttleMs ?? 0) > 0 ? `${rate}, ${formatMilliseconds(use.throttleMs ?? 0)}` : rate;
}

function BrokerLine({ use, direction }: { use: BrokerUse; direction: Direction }) {
  return (
    <>
      <dt>Broker {use.brokerId}</dt>
      <dd>
        <QuotaBar use={brokerRowUse(use)} direction={direction} size="card" label={`Broker ${use.brokerId}`} />
      </dd>
      <dd>{brokerWords(use)}</dd>
    </>
  );
}

function Rule({ bucket }: { bucket: BucketUse }) {
  if (bucket.quota === null) return <>No quota binds {bucket.bucket}. </>;
  const { value, step, entity, shadows } = bucket.quota;
  return (
    <>
      Quota {formatCount(value)} B/s per broker, rule {step} of 8: <code>{entity}</code>.{" "}
      {shadows.map((rule) => (
        <span key={`${rule.step} ${rule.entity}`}>
          It hides <code>{rule.entity}</code> with {formatCount(rule.value)} B/s.{" "}
        </span>
      ))}
    </>
  );
}

function Brokers({ bucket, direction, named }: { bucket: BucketUse; direction: Direction; named: boolean }) {
  const brokers = bucket.brokers.toSorted((a, b) => a.brokerId - b.brokerId);
  const more = brokers.length - BROKERS_SHOWN;
  return (
    <>
      {named ? (
        <h3>
          {bucket.bucket} on {bucket.clusterId}
        </h3>
      ) : null}
      <dl>
        {brokers.slice(0, BROKERS_SHOWN).map((use) => (
          <BrokerLine key={use.brokerId} use={use} direction={direction} />
        ))}
        {more > 0 ? (
          <>
            <dt>Others</dt>
            <dd className="across">{formatCountOf(more, "broker")} more</dd>
          </>
        ) : null}
      </dl>
    </>
  );
}

function Total({ use }: { use: DirectionUse }) {
  const total = use.bytesPerSecond;
  if (total.source === "unavailable") return null;
  const words = use.promise === null ? formatByteRate(total.value) : `${formatRateOf(total.value, use.promise.bytesPerSecond)} promised`;
  return (
    <dl className="sum">
      <dt>Total</dt>
      <dd className="across">{total.atLeast ? `at least ${words}` : words}</dd>
    </dl>
  );
}

function Origin({ use }: { use: DirectionUse }) {
  const total = use.bytesPerSecond;
  if (total.source === "unavailable") return `${total.reason} ${total.remedy}`;
  const atMs = Date.parse(total.at);
  const visible = use.throttleVisible ? "" : " Throttling is not visible.";
  return `${SOURCE_SENTENCES[total.source]}, ${formatClock(atMs, atMs)}.${visible}`;
}

function Content({ name, use, direction }: { name: string; use: DirectionUse; direction: Direction }) {
  return (
    <>
      <h2 className="clip" title={name}>
        <bdi>{name}</bdi> {VERBS[direction]}
      </h2>
      {use.buckets.map((bucket) => (
        <Brokers key={`${bucket.clusterId} ${bucket.bucket}`} bucket={bucket} direction={direction} named={use.buckets.length > 1} />
      ))}
      <Total use={use} />
      <p>
        {use.note === null ? null : `${use.note} `}
        {use.buckets.map((bucket) => (
          <Rule key={`${bucket.clusterId} ${bucket.bucket}`} bucket={bucket} />
        ))}
        <Origin use={use} />
      </p>
    </>
  );
}

interface QuotaCardProps {
  target: QuotaCardTarget;
  onKeep: () => void;
  onClose: () => void;
}

/** The numbers behind a quota bar, floating beside it. The focus stays where it is. */
export function QuotaCard({ target, onKeep, onClose }: QuotaCardProps) {
  const { element, tenantId, direction } = target;
  const { data, error } = useQuery(tenantDetail(tenantId));
  const id = useId();
  const anchor = useMemo(() => ({ current: element }), [element]);
  useEffect(() => {
    element.setAttribute("aria-describedby", id);
    return () => element.removeAttribute("aria-describedby");
  }, [element, id]);
  return (
    <Popover.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          id={id}
          role="tooltip"
          className="float quota-card"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onPointerEnter={onKeep}
          onPointerLeave={onClose}
        >
          {data ? <Content name={data.name} use={data[direction]} direction={direction} /> : null}
          {error && !data ? <span className="tone-danger">{error.message}</span> : null}
          {data || error ? null : <WaitingFor what="the brokers’ rates" />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
