const REPEATS_MAX = 3;
const OPTIONALS_MAX = 3;
const CHOICES_MAX = 3;

/**
 * Why an expression is refused, or null. Names are chosen by tenants, so an expression must not be one that a name can make slow:
 * a repeated group must not repeat or choose inside, and few parts may repeat. What is left takes a bounded number of steps on a name.
 */
export function refuseExpression(source: string): string | null {
  const scan = scanExpression(source);
  if (typeof scan === "string") return scan;
  if (scan.repeats > REPEATS_MAX) return `repeats ${scan.repeats} parts; at most ${REPEATS_MAX} of *, + and {n,m} are allowed`;
  if (scan.optionals > OPTIONALS_MAX) return `has ${scan.optionals} optional parts; at most ${OPTIONALS_MAX} are allowed`;
  if (scan.choices > CHOICES_MAX) return `chooses with | in ${scan.choices} places; at most ${CHOICES_MAX} are allowed`;
  try {
    // By itself: inside the anchoring group, "a)|(b" would be well formed and match parts of names.
    new RegExp(source);
    return null;
  } catch (error) {
    return `is not a regular expression: ${error instanceof Error ? error.message.replace(/^.*: /, "") : "not well formed"}`;
  }
}

/** The expression anchored on both sides; null: it is refused. */
export function compileExpression(source: string): RegExp | null {
  return refuseExpression(source) === null ? new RegExp(`^(?:${source})$`) : null;
}

interface Group {
  /** It repeats or chooses somewhere inside, so that repeating it could take a name exponentially many steps. */
  varies: boolean;
  chooses: boolean;
}

interface Scan {
  repeats: number;
  optionals: number;
  choices: number;
}

const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y;
const CLASS = /\[(?:\\.|[^\]\\])*\]/y;

/** Counts what can make matching slow; a sentence where something is not allowed at all. Whether it is well formed is not judged. */
function scanExpression(source: string): Scan | string {
  const scan: Scan = { repeats: 0, optionals: 0, choices: 0 };
  const open: Group[] = [{ varies: false, chooses: false }];
  let closed: Group | null = null;
  for (let at = 0; at < source.length; ) {
    const quantifier = textAt(QUANTIFIER, source, at);
    if (quantifier !== null) {
      if (closed?.varies && !quantifier.startsWith("?")) return "repeats a group that repeats or chooses inside";
      countQuantifier(scan, quantifier);
      for (const group of open) group.varies = true;
      closed = null;
      at += quantifier.length;
      continue;
    }
    closed = null;
    const refusal = refusalAt(source, at);
    if (refusal !== null) return refusal;
    if (source[at] === "(") open.push({ varies: false, chooses: false });
    else if (source[at] === ")" && open.length > 1) closed = open.pop() ?? null;
    else if (source[at] === "|") countChoice(scan, open);
    at += partLength(source, at);
  }
  return scan;
}

function refusalAt(source: string, at: number): string | null {
  if (/^\\(?:[1-9]|k)/.test(source.slice(at, at + 2))) return "refers back to a group";
  if (/^\(\?[^:]/.test(source.slice(at, at + 3))) return "looks ahead or behind, or names a group";
  return null;
}

function partLength(source: string, at: number): number {
  if (source[at] === "\\") return 2;
  if (source.startsWith("(?:", at)) return 3;
  return source[at] === "[" ? (textAt(CLASS, source, at)?.length ?? source.length) : 1;
}

function countQuantifier(scan: Scan, quantifier: string): void {
  if (quantifier.startsWith("?")) scan.optionals += 1;
  else if (!/^\{\d+\}/.test(quantifier)) scan.repeats += 1;
}

function countChoice(scan: Scan, open: readonly Group[]): void {
  const group = open.at(-1);
  if (group !== undefined && !group.chooses) {
    group.chooses = true;
    scan.choices += 1;
  }
  for (const outer of open) outer.varies = true;
}

function textAt(expression: RegExp, source: string, at: number): string | null {
  expression.lastIndex = at;
  return expression.exec(source)?.[0] ?? null;
}
