import type { ProblemCode } from "@/lib/domain/facts";
import type { AwsOperation } from "./permissions";

/** A failure whose meaning is known where it was met, such as a role that may not be assumed. Its message is shown as it is. */
export class AwsFailure extends Error {
  readonly code: ProblemCode;
  readonly remedy: string | undefined;
  /** The call that failed, where it is not the one that was made: assuming the role comes before every call. */
  readonly operation: AwsOperation | undefined;

  constructor(code: ProblemCode, message: string, options: { remedy?: string; operation?: AwsOperation; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "AwsFailure";
    this.code = code;
    this.remedy = options.remedy;
    this.operation = options.operation;
  }
}
