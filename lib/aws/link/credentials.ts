import { fromIni, fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { AwsFailure } from "@/lib/aws/problems/aws-failure";
import { problemOfAws } from "@/lib/aws/problems/aws-problem";
import { errorFields } from "@/lib/aws/problems/error-fields";
import { permissionRemedy } from "@/lib/aws/problems/permissions";
import { shownSentence } from "@/lib/aws/problems/sentence";
import type { AwsIdentity } from "@/lib/domain/connection";
import { countCalls } from "./count-calls";
import type { LinkSettings } from "./link-settings";

/** What signs the requests. Never logged, never part of a message. */
interface Identity {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}
type Provider = () => Promise<Identity>;

/** A role's session is renewed while this much of its life is left. */
const LIFE_LEFT_MS = 5 * 60_000;

/**
 * Credentials of one identity in one region: the role's, taken on with those of the profile or of the console's environment. One
 * session serves both clients. Rejects with an `AwsFailure` that says what to change.
 */
export function credentialsOf(identity: AwsIdentity, settings: LinkSettings): Provider {
  const own = ownCredentials(identity);
  if (identity.roleArn === null) return () => own().catch((error: unknown) => Promise.reject(noCredentials(identity, error)));
  return keptUntilItEnds(roleCredentials(identity, identity.roleArn, own, settings), settings.now);
}

/** Files are read anew, so that renewed credentials are found without a restart. */
function ownCredentials({ profile }: AwsIdentity): Provider {
  return profile === null ? fromNodeProviderChain({ ignoreCache: true }) : fromIni({ profile, ignoreCache: true });
}

function roleCredentials(identity: AwsIdentity, roleArn: string, own: Provider, settings: LinkSettings): Provider {
  const assume = fromTemporaryCredentials({
    masterCredentials: () => own().catch((error: unknown) => Promise.reject(noCredentials(identity, error))),
    params: {
      RoleArn: roleArn,
      // The same name at every start, so that CloudTrail and quotas know the console by one name.
      RoleSessionName: "tenant-console",
      ...(identity.externalId === null ? {} : { ExternalId: identity.externalId }),
    },
    clientConfig: { region: settings.region, maxAttempts: settings.maxAttempts, requestHandler: settings.requestHandler },
    clientPlugins: [countCalls(settings.count)],
  });
  return async () => {
    try {
      return await assume();
    } catch (error) {
      throw error instanceof AwsFailure ? error : refusedRole(identity, roleArn, settings.region, error);
    }
  };
}

const REFUSED = new Set(["AccessDenied", "AccessDeniedException"]);

function refusedRole(identity: AwsIdentity, roleArn: string, region: string, error: unknown): AwsFailure {
  if (errorFields(error).names.some((name) => REFUSED.has(name))) {
    const externalId = identity.externalId === null ? "no external id" : "the external id of the connections file";
    return new AwsFailure("authentication", `The console may not take on the role ${roleArn}: ${shownSentence(error)}.`, {
      operation: "AssumeRole",
      remedy: `Let the role's trust policy name the console's own principal, with ${externalId}. ${permissionRemedy({ operation: "AssumeRole", arn: roleArn }, "the console's own principal")}`,
      cause: error,
    });
  }
  const problem = problemOfAws(error, { operation: "AssumeRole", region, arn: roleArn, principal: "the console's own principal" });
  const remedy = problem.remedy === undefined ? {} : { remedy: problem.remedy };
  return new AwsFailure(problem.code, problem.message, { operation: "AssumeRole", ...remedy, cause: error });
}

/** The reason is left out: a provider that runs a program names it with its arguments. */
function noCredentials({ profile }: AwsIdentity, cause: unknown): AwsFailure {
  const where = profile === null ? "the console's environment" : `the profile ${profile}`;
  return new AwsFailure("authentication", `No AWS credentials were found in ${where}.`, {
    remedy: "Give the console an instance, task or pod role, AWS_ACCESS_KEY_ID and its companions, or a profile that exists.",
    cause,
  });
}

function keptUntilItEnds(provide: Provider, now: () => number): Provider {
  let kept: { identity: Promise<Identity>; endsMs: number } | null = null;
  return async () => {
    if (kept === null || kept.endsMs - now() <= LIFE_LEFT_MS) {
      const fresh = { identity: provide(), endsMs: Number.POSITIVE_INFINITY };
      kept = fresh;
      fresh.identity.then(
        ({ expiration }) => {
          fresh.endsMs = expiration?.getTime() ?? Number.POSITIVE_INFINITY;
        },
        () => {
          if (kept === fresh) kept = null;
        },
      );
    }
    return kept.identity;
  };
}
