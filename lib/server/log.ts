import pino from "pino";
import { env } from "@/lib/env";
import { processSlot } from "./process-slot";

export type Logger = Pick<pino.Logger, "debug" | "info" | "warn" | "error">;

/** The process's one logger: JSON lines on stdout, errors with their stack and causes. */
export function log(): pino.Logger {
  const { err } = pino.stdSerializers;
  return processSlot("log", () =>
    pino({ level: env().logLevel, base: {}, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err, error: err } }),
  );
}
