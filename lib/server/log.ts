import pino from "pino";
import { env } from "@/lib/env";
import { processSlot } from "./process-slot";

export type Logger = Pick<pino.Logger, "debug" | "info" | "warn" | "error">;

/** The process's one logger: JSON lines on stdout, errors with their stack and causes. */
export function log(): pino.Logger {
  return processSlot("log", () =>
    pino({ level: env().logLevel, base: {}, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: toldError, error: toldError } }),
  );
}

/**
 * An error as it stands in the log: with stack and causes, and without the values of a statement that failed, which may be the hash of
 * a password or what somebody typed as a name.
 */
export function toldError(error: Error): unknown {
  const told = pino.stdSerializers.err(error);
  if (!(error instanceof Error)) return told;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (!("params" in cause)) continue;
    const values = `\nparams: ${String(cause.params)}`;
    told.message = told.message.replaceAll(values, "");
    told.stack = told.stack.replaceAll(values, "");
  }
  delete told.params;
  return told;
}
