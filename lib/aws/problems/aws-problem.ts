import type { Problem, ProblemCode } from "@/lib/domain/facts";
import { AwsFailure } from "./aws-failure";
import { type AwsErrorFields, errorFields } from "./error-fields";
import { type CallTarget, permissionRemedy, serviceOf } from "./permissions";
import { refusedChange } from "./refused-change";
import { isRefusedRequest, refusedRequest } from "./refused-request";
import { refusedSecret } from "./refused-secret";
import { shownSentence } from "./sentence";

export interface ProblemContext extends CallTarget {
  region: string;
  /** Who is asking: the role's ARN, or "the console's role". */
  principal: string;
}

const FORBIDDEN = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "UnauthorizedException",
  "ForbiddenException",
  "UnauthorizedOperation",
]);
const SIGN_IN = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "InvalidAccessKeyId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "RequestTimeTooSkewed",
  "RequestInTheFuture",
  "AuthFailure",
  "CredentialsProviderError",
  "TokenProviderError",
]);
const THROTTLED = new Set([
  "TooManyRequestsException",
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "LimitExceededException",
  "LimitExceeded",
  "SlowDown",
]);
const NOT_FOUND = new Set(["NotFoundException", "ResourceNotFound", "ResourceNotFoundException", "UnknownTopicOrPartitionException"]);
const SILENT = new Set(["TimeoutError", "AbortError", "RequestTimeout", "RequestTimeoutException", "KafkaTimeoutException"]);
const UNREACHED = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "EPIPE"]);

type Part = Pick<Problem, "code" | "message" | "remedy">;

/** What a thrown error of the SDK means, in our words and with AWS's own sentence where it may be shown. */
export function problemOfAws(error: unknown, context: ProblemContext): Problem {
  const part = partOf(error, context);
  const operation = error instanceof AwsFailure ? (error.operation ?? context.operation) : context.operation;
  return { ...part, operation, ...(context.topic === undefined ? {} : { resource: context.topic }) };
}

function partOf(error: unknown, context: ProblemContext): Part {
  if (error instanceof AwsFailure) return part(error.code, error.message, error.remedy);
  const fields = errorFields(error);
  const is = (names: ReadonlySet<string>) => fields.names.some((name) => names.has(name));
  if (is(SIGN_IN)) return refusedSignIn(fields, context);
  if (is(FORBIDDEN)) return forbidden(error, context);
  const refused = context.operation === "UpdateTopic" ? refusedChange(fields.names, shownSentence(error), where(context)) : null;
  if (refused !== null) return refused;
  const withheld = context.operation === "GetSecretValue" ? refusedSecret(fields.names, where(context), context.principal) : null;
  if (withheld !== null) return withheld;
  if (is(THROTTLED) || fields.status === 429) return throttled(fields, context);
  if (is(NOT_FOUND)) return notFound(error, context);
  // First the network: the SDK calls a broken connection a timeout.
  if (fields.networkCodes.some((code) => UNREACHED.has(code))) return unreached(fields, context);
  if (is(SILENT)) return silence(context);
  if (isRefusedRequest(fields)) return refusedRequest(fields, shownSentence(error), context);
  if (fields.status === 401 || fields.status === 403) return forbidden(error, context);
  if (fields.status !== null && fields.status >= 300) return unavailable(error, fields, context);
  if (fields.networkCodes.includes("ETIMEDOUT")) return silence(context);
  return part("invalid", `The answer of ${where(context)} to ${context.operation} could not be understood.`);
}

function part(code: ProblemCode, message: string, remedy?: string): Part {
  return { code, message, ...(remedy === undefined ? {} : { remedy }) };
}

function where({ operation, region }: ProblemContext): string {
  return `${serviceOf(operation)} in ${region}`;
}

function asked({ attempts }: AwsErrorFields): string {
  return attempts !== null && attempts > 1 ? `, asked ${attempts} times` : "";
}

function forbidden(error: unknown, context: ProblemContext): Part {
  const sentence = shownSentence(error);
  const deny = /explicit deny/i.test(sentence) ? " A policy denies it explicitly, which no other permission overrules." : "";
  return part(
    "forbidden",
    `${where(context)} refuses ${context.operation}: ${sentence}.`,
    permissionRemedy(context, context.principal) + deny,
  );
}

/** AWS's own sentence is left out: about a refused signature it holds the signed request with its session token. */
function refusedSignIn({ names }: AwsErrorFields, context: ProblemContext): Part {
  const name = names.find((each) => SIGN_IN.has(each)) ?? "refused";
  const expired = name.startsWith("Expired") || name === "RequestExpired";
  const skewed = name === "RequestTimeTooSkewed" || name === "RequestInTheFuture";
  const why = expired ? "the credentials have expired" : skewed ? "this machine's clock is wrong" : "the credentials are not accepted";
  const remedy = skewed
    ? "Set this machine's clock."
    : expired
      ? "Renew the console's AWS credentials; the next reading uses them."
      : `Check the console's AWS credentials, and that the account has the region ${context.region} turned on.`;
  return part("authentication", `${where(context)} does not let ${context.principal} in: ${why} (${name}).`, remedy);
}

function throttled(fields: AwsErrorFields, context: ProblemContext): Part {
  return part(
    "unavailable",
    `${where(context)} takes no more ${context.operation} calls of this account for now (throttled${asked(fields)}).`,
    "It is asked again at the next reading. Where it lasts, find who else calls it, or ask AWS for a higher rate.",
  );
}

function notFound(error: unknown, { topic, ...context }: ProblemContext): Part {
  const what = topic === undefined ? (context.arn ?? "what was asked for") : `the topic '${topic}'`;
  return part("unavailable", `${where(context)} does not know ${what}: ${shownSentence(error)}.`, topicAge(topic));
}

function topicAge(topic: string | undefined): string | undefined {
  return topic === undefined ? undefined : "MSK's answers about topics are up to a minute old: a new topic shows later.";
}

function reach({ operation, region }: ProblemContext): string {
  const host = { MSK: "kafka", CloudWatch: "monitoring", KMS: "kms", "Secrets Manager": "secretsmanager", STS: "sts" }[
    serviceOf(operation)
  ];
  return `Check that the console reaches ${host}.${region}.amazonaws.com (internet, NAT or an interface endpoint).`;
}

/** Nothing was heard within the deadline. */
export function silence(context: ProblemContext): Part {
  return part("timeout", `${where(context)} did not answer ${context.operation} in time.`, reach(context));
}

function unreached({ networkCodes }: AwsErrorFields, context: ProblemContext): Part {
  const code = networkCodes.find((each) => UNREACHED.has(each)) ?? "";
  return part("unreachable", `${where(context)} cannot be reached (${code}).`, reach(context));
}

function unavailable(error: unknown, fields: AwsErrorFields, context: ProblemContext): Part {
  const status = fields.status === null ? "" : `${fields.status}, `;
  return part("unavailable", `${where(context)} could not answer ${context.operation} (${status}${shownSentence(error)}${asked(fields)}).`);
}
