import type { Problem, ProblemCode } from "@/lib/domain/facts";

/**
 * Why a broker did not answer at all: it was not reached, did not let us in, was silent, or does not speak the version.
 * Failures of single topics or groups inside an answer are problems, never this.
 */
export class KafkaFailure extends Error {
  readonly code: ProblemCode;
  readonly remedy: string | undefined;

  constructor(code: ProblemCode, message: string, options: { remedy?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "KafkaFailure";
    this.code = code;
    this.remedy = options.remedy;
  }
}

/** The failure as a problem of the operation that met it. */
export function problemOf(operation: string, error: unknown, brokerId?: number): Problem {
  const failure = error instanceof KafkaFailure ? error : new KafkaFailure("invalid", sentenceOf(error));
  return {
    code: failure.code,
    operation,
    message: failure.message,
    ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
    ...(brokerId === undefined ? {} : { brokerId }),
  };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? `The answer could not be understood: ${error.message}` : "The answer could not be understood.";
}
