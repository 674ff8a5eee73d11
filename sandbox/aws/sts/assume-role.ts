import { AwsError } from "@/sandbox/aws/http/aws-error";
import type { Caller, Sessions } from "./sessions";

/** A role of an account. With `externalId` it is only given to those who name it. */
export interface Role {
  arn: string;
  externalId?: string;
}

const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

/** STS AssumeRole: the answer's XML. Throws when the role is not there, or not for this caller. */
export function assumeRole(roles: readonly Role[], sessions: Sessions, caller: Caller, form: URLSearchParams, nowMs: number): string {
  const roleArn = form.get("RoleArn") ?? "";
  const sessionName = form.get("RoleSessionName") ?? "";
  const seconds = Number(form.get("DurationSeconds") ?? 3600);
  const [, accountId, roleName] = ROLE_ARN.exec(roleArn) ?? [];
  if (accountId === undefined) throw validation(`${roleArn} is invalid`);
  if (!SESSION_NAME.test(sessionName)) throw validation(`Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint`);
  if (!(seconds >= 900 && seconds <= 43_200)) throw validation(`Value '${seconds}' at 'durationSeconds' failed to satisfy constraint`);
  const role = roles.find((candidate) => candidate.arn === roleArn);
  if (role === undefined || (role.externalId !== undefined && role.externalId !== form.get("ExternalId"))) {
    throw new AwsError("AccessDenied", 403, `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`);
  }
  const arn = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
  const credentials = sessions.issue({ accountId, arn }, nowMs, seconds * 1_000);
  return `<Credentials><AccessKeyId>${credentials.accessKeyId}</AccessKeyId><SecretAccessKey>${credentials.secretAccessKey}</SecretAccessKey>\
<SessionToken>${credentials.sessionToken}</SessionToken><Expiration>${new Date(credentials.expiresMs).toISOString()}</Expiration></Credentials>\
<AssumedRoleUser><AssumedRoleId>AROASANDBOX:${sessionName}</AssumedRoleId><Arn>${arn}</Arn></AssumedRoleUser>`;
}

/** STS GetCallerIdentity: who a signature belongs to. */
export function callerIdentity({ accountId, arn }: Caller): string {
  return `<Arn>${arn}</Arn><UserId>${accountId}</UserId><Account>${accountId}</Account>`;
}

const validation = (message: string) => new AwsError("ValidationError", 400, message);
