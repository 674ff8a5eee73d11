import { openAwsRegion } from "@/lib/aws/open-aws-region";
import type { AwsRegion } from "@/lib/aws/port";
import type { ResolvedAwsConnection } from "@/lib/domain/connection";

export const REGION = "eu-central-1";
export const CLUSTER_ARN = `arn:aws:kafka:${REGION}:111122223333:cluster/shared-1/0a1b2c3d-1111-2222-3333-444455556666-7`;

export function connection(more: Partial<ResolvedAwsConnection> = {}): ResolvedAwsConnection {
  return {
    id: "main",
    accountId: "111122223333",
    regions: [REGION],
    roleArn: null,
    externalId: null,
    profile: null,
    mode: "observe",
    brokers: null,
    dollarsPerHour: 1,
    ...more,
  };
}

/** A region that asks once, so that errors come at once, on a clock that is turned by hand. */
export function regionOf(
  options: { connection?: Partial<ResolvedAwsConnection>; now?: () => number; maxAttempts?: number; deadlineMs?: number } = {},
): AwsRegion {
  const now = options.now ?? (() => Date.parse("2026-11-23T12:00:30Z"));
  return openAwsRegion({
    connection: connection(options.connection),
    region: REGION,
    clock: { now },
    deadlineMs: options.deadlineMs ?? 20_000,
    requestTimeoutMs: 20_000,
    maxAttempts: options.maxAttempts ?? 1,
  });
}
