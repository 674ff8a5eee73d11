import { State, type Tone } from "@/components/ui/state";
import type { Column } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditKind, AuditOutcome } from "@/lib/domain/people/audit";
import type { AuditRow } from "@/lib/domain/views/people";

export const KIND_WORDS: Record<AuditKind, string> = {
  "sign-in": "sign-in",
  refusal: "refusal",
  change: "change",
  people: "people",
  export: "export",
  payload: "payload",
};

export const OUTCOME_WORDS: Record<AuditOutcome, { word: string; tone: Tone }> = {
  asked: { word: "not known", tone: "warn" },
  done: { word: "done", tone: "ok" },
  refused: { word: "refused", tone: "danger" },
  failed: { word: "failed", tone: "warn" },
};

/** `applyChange` as "apply change". */
function actionWords(action: string): string {
  return action.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export const AUDIT_COLUMNS: readonly Column<AuditRow, string>[] = [
  { key: "at", head: "When", className: "name", cell: ({ at }) => <Time at={at} /> },
  { key: "kind", head: "Kind", cell: ({ kind }) => KIND_WORDS[kind] },
  { key: "action", head: "What", cell: ({ action }) => actionWords(action) },
  {
    key: "subject",
    head: "About",
    className: "reach",
    cell: ({ subject }) => (subject === null ? null : <bdi title={subject}>{subject}</bdi>),
  },
  {
    key: "outcome",
    head: "Outcome",
    cell: ({ outcome, code }) => (
      <State tone={OUTCOME_WORDS[outcome].tone} {...(code === null ? {} : { title: code })}>
        {OUTCOME_WORDS[outcome].word}
      </State>
    ),
  },
  {
    key: "actor",
    head: "Who",
    cell: ({ actor, role, actorKind }) => (
      <span title={`${actorKind}, ${role}`}>
        <bdi>{actor}</bdi>
      </span>
    ),
  },
  { key: "address", head: "From", mono: true, cell: ({ address }) => (address === null ? null : <bdi>{address}</bdi>) },
  {
    key: "request",
    head: "Request",
    mono: true,
    cell: ({ correlationId }) => <span title={correlationId}>{correlationId.slice(0, 8)}</span>,
  },
];
