import { QuotaBar } from "@/components/tenancy/quota-bar";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import type { QuotaScale as Scale } from "@/lib/domain/change/plan";
import type { QuotaKey } from "@/lib/domain/facts";
import { formatByteRate } from "@/lib/domain/format";
import { QUOTA_NAMES, quotaAmount } from "@/lib/domain/quota/quota-words";
import type { RowUse } from "@/lib/domain/views/use";
import type { Look } from "./change-form";

type Row = Scale["rows"][number];
type Broker = Row["brokers"][number];

function isRate(key: string): boolean {
  return key.endsWith("_byte_rate");
}

function valueWords(key: string, value: number | null): string {
  return value === null ? "no quota" : quotaAmount(key as QuotaKey, value);
}

/** What each rule is set to and how that follows, with what its brokers saw in the last hour against the value after. */
export function QuotaPicture({ look: { plan, given } }: { look: Look }) {
  if (!given || plan?.picture?.kind !== "quota" || plan.picture.rows.length === 0) return null;
  return (
    <section aria-labelledby="rules">
      <SectionHead id="rules" title="Rules" note="what each is set to, and the rates of the last hour against it" />
      <QuotaRules scale={plan.picture} />
    </section>
  );
}

function QuotaRules({ scale }: { scale: Scale }) {
  return (
    <ul className="quota-rules">
      {scale.rows.map((row) => (
        <li key={`${row.clusterId} ${row.entity} ${row.key}`}>
          <Rule row={row} />
          <Brokers row={row} />
        </li>
      ))}
    </ul>
  );
}

function Rule({ row: { entity, clusterId, key, now, after, promised, arithmetic } }: { row: Row }) {
  return (
    <>
      <h3>
        <span>{QUOTA_NAMES[key as QuotaKey] ?? key}</span>
        <bdi className="mono">{entity}</bdi>
        <span className="tone-muted">on {clusterId}</span>
        <span className="now-after">
          <span className="tone-muted">{valueWords(key, now)}</span>
          <span aria-hidden> → </span>
          <span className="visually-hidden"> becomes </span>
          <b>{valueWords(key, after)}</b>
          {after === null ? null : <span className="tone-muted"> on each broker</span>}
        </span>
      </h3>
      <p className="tone-muted">
        {arithmetic === null ? null : <bdi>{arithmetic}</bdi>}
        {arithmetic !== null && promised !== null ? " · " : null}
        {promised === null ? null : `${valueWords(key, promised)} promised in all`}
      </p>
    </>
  );
}

function Brokers({ row }: { row: Row }) {
  const { brokers, key } = row;
  if (!isRate(key)) return null;
  if (brokers.length === 0) return <p className="tone-faint">No rate of the last hour is kept for it.</p>;
  return (
    <table className="data-table tight">
      <caption className="visually-hidden">Rates of the last hour against the value after</caption>
      <thead>
        <tr>
          <th scope="col">Broker</th>
          <th scope="col">Peak of the last hour</th>
          <th scope="col" className="num">
            Peak
          </th>
          <th scope="col" className="num">
            Mean
          </th>
          <th scope="col">Above the new value</th>
        </tr>
      </thead>
      <tbody>
        {brokers.map((broker) => (
          <BrokerRow key={broker.brokerId} broker={broker} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function BrokerRow({ broker, row }: { broker: Broker; row: Row }) {
  const { brokerId, peakPerSecond, meanPerSecond } = broker;
  const rate = (value: number | null) => (value === null ? <span className="tone-faint">unknown</span> : formatByteRate(value));
  return (
    <tr>
      <th scope="row">{brokerId}</th>
      <td>
        <QuotaBar
          use={peakUse(broker, row)}
          direction={row.key === "consumer_byte_rate" ? "consume" : "produce"}
          unit="kB/s"
          label={`Peak of broker ${brokerId} against the value after`}
        />
      </td>
      <td className="num">{rate(peakPerSecond)}</td>
      <td className="num">{rate(meanPerSecond)}</td>
      <td>
        <Above broker={broker} hasLimit={row.after !== null} />
      </td>
    </tr>
  );
}

function Above({ broker: { minutesAbove, minutesSeen }, hasLimit }: { broker: Broker; hasLimit: boolean }) {
  if (!hasLimit) return <span className="tone-muted">no limit</span>;
  if (minutesAbove === null || minutesSeen === 0) return <span className="tone-faint">not seen</span>;
  if (minutesAbove === 0) return <span className="tone-muted">never in {minutesSeen} min</span>;
  return (
    <State tone="warn">
      {minutesAbove} of {minutesSeen} min
    </State>
  );
}

/** The peak as the console's quota bar shows a rate: what it would be against the value after. */
function peakUse({ brokerId, peakPerSecond }: Broker, { after }: Row): RowUse {
  const share = after === null || peakPerSecond === null ? null : peakPerSecond / after;
  return {
    state: peakPerSecond === null ? "unknown" : after === null ? "no-limit" : (share ?? 0) >= 0.8 ? "near" : "free",
    bytesPerSecond: peakPerSecond,
    source: peakPerSecond === null ? "unavailable" : "measured",
    share,
    worstBytesPerSecond: peakPerSecond,
    brokerId,
    throttleMs: null,
    promiseShare: null,
    ...(peakPerSecond === null ? { reason: "no reading in the last hour" } : {}),
  };
}
