"use client";

import { Check, CircleQuestionMark, type LucideIcon, Minus, X } from "lucide-react";
import Link from "next/link";
import { State } from "@/components/ui/state";
import { useCarry } from "@/lib/client/address";
import type { FleetNote, InForceState, MatrixRow } from "@/lib/domain/views/isolation";

type CellView = MatrixRow["cells"]["pool"];
type Verdict = CellView["verdict"];

const VERDICTS: Record<Verdict, { icon: LucideIcon; tone: string }> = {
  yes: { icon: Check, tone: "tone-ok" },
  no: { icon: X, tone: "tone-faint" },
  conditional: { icon: Minus, tone: "tone-warn" },
};

const KIND_WORDS = { standard: "Standard", express: "Express", serverless: "Serverless" } as const;

/** A verdict as icon and word; the sentence why, and what differs by kind of cluster, where reasons are shown. */
export function VerdictCell({ cell: { verdict, word, why, kinds } }: { cell: CellView }) {
  const { icon: Icon, tone } = VERDICTS[verdict];
  return (
    <div>
      <span className="verdict" data-tip={why}>
        <Icon aria-hidden className={tone} />
        <span className={verdict === "no" ? "tone-muted" : undefined}>
          {word === verdict || verdict === "conditional" ? null : <span className="visually-hidden">{verdict}, </span>}
          {verdict === "conditional" ? <span className="visually-hidden">on conditions, </span> : null}
          {word}
        </span>
      </span>
      <div className="why">
        <p>{why}</p>
        {kinds.map((special) => (
          <KindNote key={special.kind} {...special} />
        ))}
      </div>
    </div>
  );
}

/** What differs on one kind of cluster, with its own verdict. */
function KindNote({ kind, verdict, note }: CellView["kinds"][number]) {
  const { icon: Icon, tone } = VERDICTS[verdict];
  return (
    <p className="kind">
      <Icon aria-hidden className={tone} />
      <span>
        <b>{KIND_WORDS[kind]}</b>
        <span className="visually-hidden">, {verdict === "conditional" ? "on conditions" : verdict}</span>. {note}
      </span>
    </p>
  );
}

/** What the fleet makes of a capability; leads to whom it means. */
export function FleetNoteCell({ note: { text, severity, href } }: { note: FleetNote }) {
  const carry = useCarry();
  const words = severity === null ? text : <State tone={severity}>{text}</State>;
  if (href === null) return <span className="tone-muted">{words}</span>;
  return (
    <Link className={severity === null ? "link" : "state-link"} prefetch={false} href={carry(href)}>
      {words}
    </Link>
  );
}

const STATES: Record<InForceState, { icon: LucideIcon; tone: string; word: string }> = {
  has: { icon: Check, tone: "tone-ok", word: "has it" },
  could: { icon: Minus, tone: "tone-warn", word: "could have it" },
  cannot: { icon: X, tone: "tone-faint", word: "cannot have it" },
  partly: { icon: Minus, tone: "tone-warn", word: "differs by place" },
  unseen: { icon: CircleQuestionMark, tone: "tone-faint", word: "cannot see" },
};

/** What one tenant has of a capability, place by place, with what shows it. */
export function InForceCell({ inForce: { state, places } }: { inForce: NonNullable<MatrixRow["inForce"]> }) {
  const [first] = places;
  if (first === undefined) return <span className="tone-faint">placed nowhere</span>;
  const told = places.every(({ sentence }) => sentence === first.sentence) ? [first] : places;
  return (
    <div>
      <InForceWord state={state} />
      {told.map((place) => (
        <p key={`${place.clusterId} ${place.model}`} className="in-force">
          {told.length > 1 ? (
            <b>
              {place.model} on <bdi>{place.clusterName ?? place.clusterId}</bdi>
              {state === "partly" ? `, ${STATES[place.state].word}` : ""}.{" "}
            </b>
          ) : null}
          <bdi>{place.sentence}</bdi>
        </p>
      ))}
    </div>
  );
}

function InForceWord({ state }: { state: InForceState }) {
  const { icon: Icon, tone, word } = STATES[state];
  return (
    <span className="verdict">
      <Icon aria-hidden className={tone} />
      {word}
    </span>
  );
}
