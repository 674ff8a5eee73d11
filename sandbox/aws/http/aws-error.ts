/**
 * An error as AWS answers it. `code` is the name of the error's shape; every protocol writes it in its own way.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** MSK's name of the field that was wrong. */
  readonly invalidParameter: string | undefined;

  constructor(code: string, status: number, message: string, invalidParameter?: string) {
    super(message);
    this.code = code;
    this.status = status;
    this.invalidParameter = invalidParameter;
  }
}

export const badRequest = (message: string, invalidParameter?: string) =>
  new AwsError("BadRequestException", 400, message, invalidParameter);

export const notFound = (message: string, invalidParameter?: string) => new AwsError("NotFoundException", 404, message, invalidParameter);

export const invalidValue = (message: string) => new AwsError("InvalidParameterValueException", 400, message);
