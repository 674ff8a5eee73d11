"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckBox } from "@/components/ui/check-box";
import { Segments } from "@/components/ui/segments";
import { TextInput } from "@/components/ui/text-input";
import { type Needs, NO_NEEDS, PLAIN_NEED_NAMES, PLAIN_NEEDS, type StreamNeeds } from "@/lib/domain/advisor/needs";
import { formatNeeds, parseNeeds } from "@/lib/domain/advisor/needs-text";
import { isAppError } from "@/lib/domain/errors";
import { formatSpan } from "@/lib/domain/format";

interface NeedsFormProps {
  /** As the address has them. */
  needs: string;
  onChange: (needs: string) => void;
}

const KINDS = [
  { value: "any", label: "Any" },
  { value: "standard", label: "Standard" },
  { value: "express", label: "Express" },
  { value: "serverless", label: "Serverless" },
] as const;
const STREAMS_MAX = 8;

/** What a tenant needs, stream by stream. */
export function NeedsForm({ needs, onChange }: NeedsFormProps) {
  const [at, setAt] = useState(0);
  const streams = readable(needs);
  const index = Math.min(at, streams.length - 1);
  const stream = streams[index] ?? { name: "", needs: NO_NEEDS };
  const put = (next: StreamNeeds) => onChange(formatNeeds(streams.map((one, position) => (position === index ? next : one))));
  const add = () => {
    const named = streams.map((one, position) => (one.name === "" ? { ...one, name: `stream-${position + 1}` } : one));
    onChange(formatNeeds([...named, { name: `stream-${streams.length + 1}`, needs: NO_NEEDS }]));
    setAt(streams.length);
  };
  const remove = () => {
    onChange(formatNeeds(streams.filter((_, position) => position !== index)));
    setAt(0);
  };
  return (
    <form className="needs" onSubmit={(event) => event.preventDefault()}>
      <div className="needs-streams">
        {streams.length > 1 ? (
          <Segments
            label="Stream"
            segments={streams.map(({ name }, position) => ({ value: String(position), label: name || "Unnamed" }))}
            value={String(index)}
            onChange={(value) => setAt(Number(value))}
          />
        ) : null}
        {streams.length < STREAMS_MAX ? (
          <Button kind="quiet" onClick={add}>
            Add a stream
          </Button>
        ) : null}
        {streams.length > 1 ? (
          <Button kind="quiet" onClick={remove}>
            Remove {stream.name || "this one"}
          </Button>
        ) : null}
      </div>
      <StreamForm key={`${index} of ${streams.length}`} stream={stream} isNamed={streams.length > 1} onChange={put} />
    </form>
  );
}

/** What the address says; what cannot be read is told beside the answers. */
function readable(needs: string): StreamNeeds[] {
  try {
    return parseNeeds(needs);
  } catch (error) {
    if (isAppError(error)) return [{ name: "", needs: NO_NEEDS }];
    throw error;
  }
}

function StreamForm({ stream, isNamed, onChange }: { stream: StreamNeeds; isNamed: boolean; onChange: (stream: StreamNeeds) => void }) {
  const { needs } = stream;
  const change = (changes: Partial<Needs>) => onChange({ ...stream, needs: { ...needs, ...changes } });
  return (
    <>
      {isNamed ? (
        <TermField
          label="Name of the stream"
          value={stream.name}
          example="payments"
          term={(text) => `${text}:`}
          onTerm={(one) => onChange({ ...stream, name: one.name })}
        />
      ) : null}
      <fieldset>
        <legend>The tenant needs</legend>
        {PLAIN_NEED_NAMES.map((need) => (
          <label key={need} className="check">
            <CheckBox
              checked={needs.plain.includes(need)}
              onChange={(event) =>
                change({ plain: event.target.checked ? [...needs.plain, need] : needs.plain.filter((one) => one !== need) })
              }
            />
            {PLAIN_NEEDS[need].words}
          </label>
        ))}
      </fieldset>
      <div className="needs-amounts">
        <NeedField
          stream={stream}
          onChange={onChange}
          name="forgetWithinMs"
          term="forget"
          label="To be forgotten within"
          example="30 days"
          format={formatSpan}
        />
        <NeedField
          stream={stream}
          onChange={onChange}
          name="produceBytesPerSecond"
          term="in"
          label="Written"
          example="5 MB/s"
          format={rate}
        />
        <NeedField
          stream={stream}
          onChange={onChange}
          name="consumeBytesPerSecond"
          term="out"
          label="Read"
          example="10 MB/s"
          format={rate}
        />
        <NeedField stream={stream} onChange={onChange} name="eventTypes" term="types" label="Kinds of events" example="4" format={String} />
        <NeedField stream={stream} onChange={onChange} name="tenants" term="tenants" label="Tenants like it" example="30" format={String} />
        <NeedField
          stream={stream}
          onChange={onChange}
          name="budgetPerMonth"
          term="budget"
          label="Budget a month"
          example="500"
          format={String}
        />
      </div>
      <Segments
        label="Kind of cluster"
        segments={KINDS}
        value={needs.kind ?? "any"}
        onChange={(kind) => {
          const { kind: _, ...rest } = needs;
          onChange({ ...stream, needs: kind === "any" ? rest : { ...rest, kind } });
        }}
      />
    </>
  );
}

type Amount = "forgetWithinMs" | "produceBytesPerSecond" | "consumeBytesPerSecond" | "eventTypes" | "tenants" | "budgetPerMonth";

interface NeedFieldProps {
  stream: StreamNeeds;
  onChange: (stream: StreamNeeds) => void;
  name: Amount;
  /** Its word in the address. */
  term: string;
  label: string;
  example: string;
  format: (value: number) => string;
}

function NeedField({ stream, onChange, name, term, label, example, format }: NeedFieldProps) {
  const value = stream.needs[name];
  const take = (read: StreamNeeds | null) => {
    const { [name]: _, ...rest } = stream.needs;
    const given = read?.needs[name];
    onChange({ ...stream, needs: given === undefined ? rest : { ...rest, [name]: given } });
  };
  return (
    <TermField
      label={label}
      value={value === undefined ? "" : format(value)}
      example={example}
      term={(text) => `${term}=${text.replaceAll(/[\s,]+/g, "")}`}
      onTerm={take}
      onEmpty={() => take(null)}
    />
  );
}

interface TermFieldProps {
  label: string;
  value: string;
  example: string;
  term: (text: string) => string;
  onTerm: (read: StreamNeeds) => void;
  onEmpty?: () => void;
}

/** A text that is read as a term of an address; what cannot be read stays as it is typed, and says what could be. */
function TermField({ label, value, example, term, onTerm, onEmpty }: TermFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = (text: string) => {
    setTyped(text);
    setProblem(null);
    if (text.trim() === "") return onEmpty?.();
    try {
      const [read] = parseNeeds(term(text.trim()));
      if (read !== undefined) onTerm(read);
    } catch (error) {
      if (!isAppError(error)) throw error;
      setProblem(`Write for example ${example}`);
    }
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="input">
        <TextInput
          id={id}
          value={typed ?? value}
          placeholder={example}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          onChange={(event) => take(event.target.value)}
          onBlur={() => problem === null && setTyped(null)}
        />
      </span>
      {problem === null ? null : (
        <span id={`${id}-problem`} className="tone-danger">
          {problem}
        </span>
      )}
    </div>
  );
}

/** A rate as it can be read again: whole digits and no grouping. */
function rate(bytesPerSecond: number): string {
  const units: [number, string][] = [
    [1e6, "MB/s"],
    [1e3, "kB/s"],
  ];
  for (const [size, unit] of units) if (bytesPerSecond >= size) return `${Number((bytesPerSecond / size).toPrecision(4))} ${unit}`;
  return `${bytesPerSecond} B/s`;
}
