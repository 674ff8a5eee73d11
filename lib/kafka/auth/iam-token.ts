import { generateAuthToken, generateAuthTokenFromProfile, generateAuthTokenFromRole } from "aws-msk-iam-sasl-signer-js";
import type { ResolvedAuthentication } from "@/lib/domain/connection";
import { KafkaFailure } from "@/lib/kafka/problems/failure";

export type IamAuthentication = Extract<ResolvedAuthentication, { kind: "iam" }>;

interface SignedToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiryTime: number;
}

/** A token is handed out while this much of its life is left, so that a sign-in begun with it can end. */
const LIFE_LEFT_MS = 5 * 60_000;

interface Entry {
  signed: Promise<SignedToken>;
  /** Unknown while the signing is under way: then everybody waits for the same one. */
  expiryTime: number | null;
}

const entries = new Map<string, Entry>();

/**
 * The token of MSK's IAM sign-in (SASL/OAUTHBEARER): a presigned URL for `kafka-cluster:Connect`, good for 900 s.
 * One token serves every connection of both clients that signs in as the same identity in the same region.
 * Rejects with an `authentication` failure when no AWS credentials are found or the role may not be assumed.
 */
export async function iamToken(authentication: IamAuthentication, now: () => number = Date.now, sign = signedToken): Promise<string> {
  const key = JSON.stringify([authentication.region, authentication.roleArn, authentication.roleSessionName, authentication.profile]);
  const kept = entries.get(key);
  if (kept && (kept.expiryTime === null || kept.expiryTime - now() > LIFE_LEFT_MS)) return (await kept.signed).token;
  const entry: Entry = { signed: signOrFail(authentication, sign), expiryTime: null };
  entries.set(key, entry);
  try {
    const { token, expiryTime } = await entry.signed;
    entry.expiryTime = expiryTime;
    return token;
  } catch (error) {
    entries.delete(key);
    throw error;
  }
}

async function signOrFail(authentication: IamAuthentication, sign: typeof signedToken): Promise<SignedToken> {
  try {
    return await sign(authentication);
  } catch (error) {
    throw new KafkaFailure("authentication", `No IAM token for ${authentication.region}: ${sentence(error)}`, {
      remedy: "Check the console's AWS credentials and that it may assume the role.",
      cause: error,
    });
  }
}

function signedToken({ region, roleArn, roleSessionName, profile }: IamAuthentication): Promise<SignedToken> {
  if (roleArn !== undefined && profile !== undefined) {
    return Promise.reject(new Error("give either a role or a profile (a profile may itself name a role)"));
  }
  // The session name is part of the principal, and brokers refuse a principal that changes when a connection signs in again.
  if (roleArn !== undefined) return generateAuthTokenFromRole({ region, awsRoleArn: roleArn, awsRoleSessionName: roleSessionName });
  if (profile !== undefined) return generateAuthTokenFromProfile({ region, awsProfileName: profile });
  return generateAuthToken({ region });
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : "signing failed";
}
