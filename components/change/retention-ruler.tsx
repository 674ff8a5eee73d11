"use client";

import { useRef } from "react";
import { ObservedMark } from "@/components/tenancy/source-mark";
import { classNames } from "@/components/ui/class-names";
import { useWidth } from "@/components/ui/use-width";

import type { RetentionRuler as Ruler } from "@/lib/domain/change/plan";
import { UNLIMITED } from "@/lib/domain/change/values";
import { formatBytes, formatCountOf, formatSpan } from "@/lib/domain/format";
import { isKnown, type Observed } from "@/lib/domain/observed";
import { layRuler, type RulerLayout, type RulerSpan } from "./ruler-layout";

const WIDE_PX = 720;
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/**
 * The age of records from the newest to the bound: what stays, what goes, and each group at its time behind. Groups beyond the new end
 * are red: they lose what they have not read. While nothing is given, only how it is now.
 */
export function RetentionRuler({ ruler, now, after }: { ruler: Ruler; now: RulerSpan; after: RulerSpan }) {
  const frame = useRef<HTMLDivElement>(null);
  const layout = layRuler(ruler, { now, after }, useWidth(frame, WIDE_PX));
  return (
    <>
      <div ref={frame} className="ruler" role="img" aria-label={spoken(ruler, layout, { now, after })}>
        <Bar layout={layout} isGiven={after !== null} />
        {layout.ticks.map(({ key, at, loses, words }) => (
          <i
            key={key}
            className={classNames("tick", loses === null ? "tone-warn" : loses ? "tone-danger" : "tone-ok")}
            style={{ left: percent(at), top: tickTop(layout, at) }}
            data-tip={words}
          />
        ))}
        {layout.groupLabels.map(({ text, left, row, loses }) => (
          <span key={text} className={loses ? "tone-danger" : "tone-ok"} style={{ left, top: 16 - row * 16 }}>
            <bdi>{text}</bdi>
          </span>
        ))}
        <Amounts ruler={ruler} layout={layout} isGiven={after !== null} />
        {layout.axis.map(({ text, left, row }) => (
          <span key={text} className="tone-faint" style={{ left, top: 76 + row * 16 }}>
            {text}
          </span>
        ))}
      </div>
      {layout.unplaced === 0 ? null : (
        <p className="tone-muted">
          How far behind {layout.unplaced === 1 ? "one group is" : `${layout.unplaced} groups are`} in time is not known; they are not
          drawn.
        </p>
      )}
    </>
  );
}

/** A tick reaches up to its label, and no further: it would strike through another. */
function tickTop({ groupLabels }: RulerLayout, at: number): number {
  const label = groupLabels.find((one) => one.at === at);
  return label === undefined ? 24 : 18 - label.row * 16;
}

/** What stays is solid, what goes is hatched, what is kept longer from now on is outlined. */
function Bar({ layout: { now, after }, isGiven }: { layout: RulerLayout; isGiven: boolean }) {
  const end = isGiven ? after : now;
  const keep = end === null ? now : Math.min(end, now ?? end);
  return (
    <>
      <i className="rest" style={{ left: 0, width: "100%" }} />
      {keep === null ? null : <i className="keep" style={{ left: 0, width: percent(keep) }} />}
      {isGiven && now !== null && after !== null && after < now ? (
        <i className="goes" style={{ left: percent(after), width: percent(now - after) }} />
      ) : null}
      {isGiven && now !== null && after !== null && after > now ? (
        <i className="longer" style={{ left: percent(now), width: percent(after - now) }} />
      ) : null}
      {end === null ? null : <i className="stop" style={{ left: percent(end) }} />}
    </>
  );
}

function Amounts({ ruler, layout: { now, after }, isGiven }: { ruler: Ruler; layout: RulerLayout; isGiven: boolean }) {
  const shrinks = isGiven && now !== null && after !== null && after < now;
  return (
    <p className="amounts">
      <Amount observed={ruler.staysBytes} word="stays" />
      {shrinks ? (
        <span className="tone-danger">
          <Amount observed={ruler.goesBytes} word="goes" />
        </span>
      ) : null}
    </p>
  );
}

function amountWords(observed: Observed<number>, word: string): string {
  return isKnown(observed) ? `${observed.atLeast ? "≥ " : ""}${formatBytes(observed.value)} ${word}` : word;
}

function Amount({ observed, word }: { observed: Observed<number>; word: string }) {
  return (
    <span>
      {amountWords(observed, word)}
      <ObservedMark observed={observed} />
    </span>
  );
}

function spanWords(span: RulerSpan): string {
  return span === null ? "not known" : span === UNLIMITED ? UNLIMITED : formatSpan(span);
}

function spoken(ruler: Ruler, { ticks }: RulerLayout, { now, after }: { now: RulerSpan; after: RulerSpan }): string {
  const losing = ticks.filter(({ loses }) => loses === true).map(({ words }) => words);
  const goes = isKnown(ruler.goesBytes) ? `, ${formatBytes(ruler.goesBytes.value)} go` : "";
  const change = after === null ? "" : `; after: ${spanWords(after)}${goes}`;
  const groups = ticks.length === 0 ? "" : ` ${formatCountOf(ticks.length, "group")}.`;
  return `Retention now: ${spanWords(now)}${change}.${groups}${losing.length === 0 ? "" : ` These lose records: ${losing.join("; ")}.`}`;
}
