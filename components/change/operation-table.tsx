import type { ReactNode } from "react";
import { ObservedMark } from "@/components/tenancy/source-mark";
import { classNames } from "@/components/ui/class-names";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import { clusterOf, resourceOf } from "@/lib/domain/change/operation";
import { operationWords } from "@/lib/domain/change/operation-words";
import { formatBytes, formatCountOf } from "@/lib/domain/format";
import { isKnown, type Observed, sumObserved } from "@/lib/domain/observed";

export function operationKey(operation: PlannedOperation): string {
  const { target, unit } = operation;
  const value = target.kind === "topic-config" || target.kind === "quota" ? target.key : target.kind;
  const declared = target.kind === "override" ? `${target.setting} ${JSON.stringify(target.on ?? {})}` : "";
  return `${unit} ${resourceOf(target)} ${value} ${declared}`;
}

/** Whose value an operation writes and which, with where it is and how the value follows. */
export function OperationSubject({ operation, withCluster }: { operation: PlannedOperation; withCluster: boolean }) {
  const { subject, mono, what } = operationWords(operation);
  const clusterId = clusterOf(operation.target);
  return (
    <>
      <bdi className={mono ? "mono clip" : "clip"} title={subject}>
        {subject}
      </bdi>
      <span className="sub" title={operation.note === null ? what : `${what} · ${operation.note}`}>
        {operation.target.kind === "topic-config" ? <code>{what}</code> : <bdi>{what}</bdi>}
        {withCluster && clusterId !== null ? ` on ${clusterId}` : ""}
        {operation.note === null ? null : <bdi> · {operation.note}</bdi>}
      </span>
    </>
  );
}

const LONG = 16;

/** A value in words, with the text that is written on hover. A short one stays on its line. */
export function Value({ words, text = null, faint = false }: { words: string; text?: string | null; faint?: boolean }) {
  return (
    <bdi className={classNames(words.length <= LONG && "nowrap", faint && "tone-muted")} title={text ?? undefined}>
      {words}
    </bdi>
  );
}

/** Before and after as words; the text that is written on hover. */
export function BeforeAfter({ operation }: { operation: PlannedOperation }) {
  const { before, after } = operationWords(operation);
  return (
    <>
      <Value words={before} text={operation.before} faint />
      <span aria-hidden> → </span>
      <span className="visually-hidden"> becomes </span>
      <Value words={after} text={operation.after} />
    </>
  );
}

/** The same in two cells. */
export function NowAndAfter({ operation }: { operation: PlannedOperation }) {
  const { before, after } = operationWords(operation);
  return (
    <>
      <td className="num">
        <Value words={before} text={operation.before} faint />
      </td>
      <td className="num">
        <Value words={after} text={operation.after} />
      </td>
    </>
  );
}

export function Bytes({ observed }: { observed: Observed<number> | undefined }) {
  if (observed === undefined) return null;
  if (!isKnown(observed)) {
    return (
      <span className="tone-faint nowrap">
        unknown
        <ObservedMark observed={observed} />
      </span>
    );
  }
  return (
    <span className="nowrap">
      {observed.atLeast ? "≥ " : ""}
      {formatBytes(observed.value)}
      <ObservedMark observed={observed} />
    </span>
  );
}

/** What goes with operations together; null: none of them deletes. */
export function goesWith(operations: readonly PlannedOperation[]): Observed<number> | null {
  const parts = operations.flatMap(({ deletesBytes }) => (deletesBytes === undefined ? [] : [deletesBytes]));
  const [first] = parts;
  return first === undefined ? null : sumObserved(parts, first);
}

interface OperationHeadProps {
  /** Before the subject: what marks rows. */
  pick?: ReactNode;
  subject: string;
  withGoes: boolean;
}

/** The head of a list of operations. */
export function OperationHead({ pick, subject, withGoes }: OperationHeadProps) {
  return (
    <thead>
      <tr>
        {pick === undefined ? null : <th scope="col">{pick}</th>}
        <th scope="col">{subject}</th>
        {["Now", "After", ...(withGoes ? ["Goes"] : [])].map((head) => (
          <th key={head} scope="col" className="num">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** From here on the list scrolls by itself beside a form, so that what follows it stays in sight. */
const LONG_FROM = 8;

interface OperationTableProps {
  operations: readonly PlannedOperation[];
  /** Operations there are in all; more than are listed for a large change. */
  total: number;
  caption: string;
  children?: ReactNode;
}

/** Operations of a plan in the order in which they run, each with its value before and after. */
export function OperationTable({ operations, total, caption, children }: OperationTableProps) {
  const clusters = new Set(operations.map(({ target }) => clusterOf(target)).filter((id) => id !== null));
  const goes = goesWith(operations);
  const isLong = operations.length > LONG_FROM;
  return (
    <div className={classNames("bleed", isLong && "long")} {...(isLong ? { tabIndex: 0, role: "region", "aria-label": caption } : {})}>
      <table className="data-table tight operations">
        <caption className="visually-hidden">{caption}</caption>
        <OperationHead subject="Operation" withGoes={goes !== null} />
        <tbody>
          {operations.map((operation) => (
            <tr key={operationKey(operation)}>
              <th scope="row">
                <OperationSubject operation={operation} withCluster={clusters.size > 1} />
              </th>
              <NowAndAfter operation={operation} />
              {goes === null ? null : (
                <td className="num">
                  <Bytes observed={operation.deletesBytes} />
                </td>
              )}
            </tr>
          ))}
          {children}
        </tbody>
      </table>
      {total > operations.length ? (
        <p className="tone-muted more">And {formatCountOf(total - operations.length, "more operation")}.</p>
      ) : null}
    </div>
  );
}
