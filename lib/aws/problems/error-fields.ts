/** The fields of the SDK's and Node's errors that say what happened; none of them is in a common type. */
export interface AwsErrorFields {
  /** Names an error goes by: its class, and its code in AWS's older protocols. */
  names: string[];
  status: number | null;
  /** How often AWS was asked; null: the SDK does not say. */
  attempts: number | null;
  /** MSK's word for the parameter it does not take. */
  invalidParameter: string | null;
  /** Codes of Node's network errors, outermost first. */
  networkCodes: string[];
}

interface Raw {
  name?: unknown;
  code?: unknown;
  Code?: unknown;
  cause?: unknown;
  errors?: unknown;
  InvalidParameter?: unknown;
  $metadata?: { httpStatusCode?: unknown; attempts?: unknown };
}

export function errorFields(error: unknown): AwsErrorFields {
  const chain = causes(error);
  const [first] = chain;
  const words = (pick: (raw: Raw) => unknown) => chain.map(pick).filter((word): word is string => typeof word === "string" && word !== "");
  return {
    names: [first?.name, first?.Code].filter((word): word is string => typeof word === "string").map(withoutNamespace),
    status: numberOrNull(first?.$metadata?.httpStatusCode),
    attempts: numberOrNull(first?.$metadata?.attempts),
    invalidParameter: typeof first?.InvalidParameter === "string" ? first.InvalidParameter : null,
    networkCodes: words(({ code }) => code),
  };
}

/** "com.amazonaws.kafka#ForbiddenException:http://…" is written in some answers. */
function withoutNamespace(name: string): string {
  return name.split(":")[0]?.split("#").at(-1) ?? name;
}

function causes(error: unknown, depth = 0): Raw[] {
  if (typeof error !== "object" || error === null || depth > 6) return [];
  const raw = error as Raw;
  const gathered = Array.isArray(raw.errors) ? raw.errors.slice(0, 4) : [];
  return [raw, ...gathered.flatMap((part) => causes(part, depth + 1)), ...causes(raw.cause, depth + 1)];
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
