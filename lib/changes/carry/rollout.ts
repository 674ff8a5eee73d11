import type { OpenChange } from "@/lib/changes/change-store";
import type { ChangeSettings } from "@/lib/changes/settings";

type Rollout = Pick<OpenChange, "rollout" | "units" | "counts">;

/** A batch is at most what may be done in so much of a minute, so that a rollout with a limit goes evenly. */
const BATCHES_A_MINUTE = 6;
const MINUTE_MS = 60_000;

/** How many units may go together now. `failed`: units that failed so far. */
export function batchSize(
  { rollout, units, counts }: Rollout,
  { failed, byMsk }: { failed: number; byMsk: boolean },
  settings: ChangeSettings,
): number {
  const operations = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const each = Math.max(1, operations / Math.max(1, units));
  const most = byMsk ? settings.mskBatch : settings.batch;
  const limits = [most.units, most.operations / each];
  const { tenantsPerMinute, stopAfterFailures } = rollout ?? {};
  if (tenantsPerMinute !== undefined) limits.push(Math.ceil(tenantsPerMinute / BATCHES_A_MINUTE));
  // So that no more fail than were allowed to.
  if (stopAfterFailures !== undefined) limits.push(stopAfterFailures - (failed % stopAfterFailures));
  return Math.max(1, Math.floor(Math.min(...limits)));
}

/** How long these units have to take at least. */
export function batchTimeMs({ rollout }: Pick<Rollout, "rollout">, units: number): number {
  return rollout?.tenantsPerMinute === undefined ? 0 : (units * MINUTE_MS) / rollout.tenantsPerMinute;
}

/** Whether so many failures stop it, for a person to look at: at the limit, and again each time as many more have failed. */
export function isStoppedBy({ rollout }: Pick<Rollout, "rollout">, failed: number): boolean {
  const limit = rollout?.stopAfterFailures;
  return limit !== undefined && failed > 0 && failed % limit === 0;
}

export function stoppedSentence(failed: number): string {
  return `It paused because ${tenants(failed)} failed.`;
}

/**
 * What a rollout says that goes on after its failures. It is looked for when the rollout is taken up anew, so that a restart does not
 * stop it again for failures that a person has looked at.
 */
export function goesOnSentence(failed: number): string {
  return `It goes on after ${tenants(failed)} failed.`;
}

export const FIRST_DONE = "The first tenants are done. Resume it to let the rest follow.";

function tenants(count: number): string {
  return count === 1 ? "1 tenant" : `${count} tenants`;
}

/** The units of the tenants that go first. */
export function firstUnits({ rollout }: Pick<Rollout, "rollout">): string[] {
  return (rollout?.first ?? []).map((tenantId) => `tenant:${tenantId}`);
}
