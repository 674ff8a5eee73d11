import type { TenantState } from "@/lib/domain/fleet";
import { isKnown, type Observed } from "@/lib/domain/observed";
import type { Requirements } from "@/lib/domain/tenant";
import { type Needs, PLAIN_NEED_NAMES, type PlainNeed } from "./needs";

/** Which stored requirement each need is. */
const STORED: Partial<Record<PlainNeed, keyof Requirements>> = {
  key: "ownEncryptionKey",
  retention: "ownRetention",
  size: "ownMessageSize",
  replay: "replay",
  fair: "protectedFromNeighbours",
  disks: "ownDisks",
  subscribe: "onlyOwnEvents",
  scale: "ownParallelism",
  regulated: "regulatedData",
};

/** What a tenant is declared to need, at the rates it has now: as it grows, the same declaration may ask for another model. */
export function needsOfTenant({ tenant, produce, consume }: Pick<TenantState, "tenant" | "produce" | "consume">): Needs {
  const stored = tenant.requirements ?? {};
  const isStored = (need: PlainNeed): boolean => {
    const key = STORED[need];
    return key !== undefined && stored[key] === true;
  };
  return {
    plain: PLAIN_NEED_NAMES.filter(isStored),
    ...(stored.forgetWithinMs === undefined ? {} : { forgetWithinMs: stored.forgetWithinMs }),
    ...rate("produceBytesPerSecond", produce.bytesPerSecond),
    ...rate("consumeBytesPerSecond", consume.bytesPerSecond),
    ...(stored.eventTypes === undefined ? {} : { eventTypes: stored.eventTypes }),
    ...(stored.budgetPerMonth === undefined ? {} : { budgetPerMonth: stored.budgetPerMonth }),
  };
}

/** To two digits, so that the same traffic gives the same address. */
function rate<K extends "produceBytesPerSecond" | "consumeBytesPerSecond">(key: K, observed: Observed<number>): Partial<Record<K, number>> {
  if (!isKnown(observed) || observed.value < 1) return {};
  const value: Partial<Record<K, number>> = {};
  value[key] = Number(observed.value.toPrecision(2));
  return value;
}
