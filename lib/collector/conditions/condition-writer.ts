import type { Clock } from "@/lib/collector/clock";
import type { CollectorStore } from "@/lib/collector/collector-store";
import type { Log } from "@/lib/collector/ports";
import { nextTurn } from "@/lib/collector/run-slices";
import type { WriteOutcome } from "@/lib/collector/store-writes";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ConditionView } from "@/lib/domain/views/common";
import type { Fence, FoundCondition } from "@/lib/store";
import { isJudged } from "./is-judged";

/** What a process may reconcile: one cluster's conditions, or those of no cluster. */
export interface ConditionOwner {
  clusterId: string | null;
  isHeld: () => boolean;
  write: (operation: string, work: (fence: Fence) => Promise<unknown>) => Promise<WriteOutcome>;
}

export interface ConditionWriter {
  /** Brings the store in line with what the fleet shows, where it is not. Does not reject. */
  write: (fleet: FleetSnapshot) => Promise<void>;
  /** Since when each condition is so that the store has open, by id. */
  openSince: () => Map<string, string>;
}

export interface ConditionWriterOptions {
  store: CollectorStore;
  clock: Clock;
  log: Log;
  refreshEveryMs: number;
  /** What the store had open at the start. */
  open: readonly ConditionView[];
  owners: () => readonly ConditionOwner[];
}

type ById = Map<string, ConditionView>;

/** What of a cluster's conditions is written in one go. */
interface Change {
  /** Begun, or changed. */
  found: readonly ConditionView[];
  ended: readonly ConditionView[];
}

/** Conditions written in one transaction, which the embedded database does in one turn of the event loop. */
const CHUNK = 50;

/**
 * Writes conditions that began or ended, and now and then the words of those that go on. What could not be judged this time,
 * because a reading is missing, stays as it is.
 */
export function createConditionWriter({ store, clock, log, refreshEveryMs, open, owners }: ConditionWriterOptions): ConditionWriter {
  /** What the store has open, by cluster; read anew when this process begins to write a cluster's, because another one wrote them before. */
  const written = new Map<string | null, ById>();
  for (const condition of open) byIdOf(written, condition.clusterId).set(condition.id, condition);
  const refreshedAtMs = new Map<string | null, number>();
  let writing: Promise<void> = Promise.resolve();

  async function takeOver(owner: ConditionOwner): Promise<boolean> {
    let known: ConditionView[] = [];
    const outcome = await owner.write("read-conditions", async () => {
      known = await store.openConditions();
    });
    if (outcome !== "written") return false;
    const own = known.filter(({ clusterId }) => clusterId === owner.clusterId);
    written.set(owner.clusterId, new Map(own.map((each) => [each.id, each])));
    return true;
  }

  /** Nothing beside it is looked at: reading thousands for each piece of fifty would cost seconds of both sides' time. */
  async function writeChange(owner: ConditionOwner, { found, ended }: Change): Promise<boolean> {
    const touched = [...found, ...ended];
    const rules = new Set(touched.map(({ rule }) => rule));
    const scope = { clusterId: owner.clusterId, rules: [...rules], only: touched.map(({ id }) => id) };
    const now = new Date(clock.now());
    const outcome = await owner.write("conditions", (fence) => store.reconcileConditions(scope, found.map(toFound), now, fence));
    if (outcome !== "written") return false;
    const byId = byIdOf(written, owner.clusterId);
    for (const condition of found) byId.set(condition.id, condition);
    for (const { id } of ended) byId.delete(id);
    return true;
  }

  async function writeOwner(owner: ConditionOwner, fleet: FleetSnapshot): Promise<void> {
    const { clusterId } = owner;
    const refreshedAt = refreshedAtMs.get(clusterId);
    if (refreshedAt === undefined && !(await takeOver(owner))) return;
    const isDue = refreshedAt === undefined || clock.now() - refreshedAt >= refreshEveryMs;
    const before = byIdOf(written, clusterId);
    const found = fleet.conditions.filter((each) => each.clusterId === clusterId);
    const foundIds = new Set(found.map(({ id }) => id));
    const changed = found.filter((each) => isChanged(before.get(each.id), each, isDue));
    const ended = [...before.values()].filter((each) => !foundIds.has(each.id) && isJudged(each, fleet, clock.now()));
    for (const change of changesOf(changed, ended)) {
      if (!(await writeChange(owner, change))) return;
      await nextTurn();
    }
    if (isDue) refreshedAtMs.set(clusterId, clock.now());
  }

  async function writeAll(fleet: FleetSnapshot): Promise<void> {
    for (const owner of owners()) {
      if (owner.isHeld()) await writeOwner(owner, fleet);
      else refreshedAtMs.delete(owner.clusterId);
    }
  }

  return {
    write(fleet) {
      writing = writing
        .then(() => writeAll(fleet))
        .catch((error: unknown) => log.error({ err: error }, "Conditions could not be written."));
      return writing;
    },
    openSince() {
      const since = new Map<string, string>();
      for (const byId of written.values()) for (const condition of byId.values()) since.set(condition.id, condition.since);
      return since;
    },
  };
}

function byIdOf(written: Map<string | null, ById>, clusterId: string | null): ById {
  const known = written.get(clusterId) ?? new Map<string, ConditionView>();
  written.set(clusterId, known);
  return known;
}

/** Words change with every number in them; they are written only now and then. */
function isChanged(before: ConditionView | undefined, now: ConditionView, isDue: boolean): boolean {
  if (before === undefined || before.severity !== now.severity) return true;
  return isDue && (before.sentence !== now.sentence || before.label !== now.label);
}

function* changesOf(changed: readonly ConditionView[], ended: readonly ConditionView[]): Generator<Change> {
  for (let from = 0; from < changed.length; from += CHUNK) yield { found: changed.slice(from, from + CHUNK), ended: [] };
  for (let from = 0; from < ended.length; from += CHUNK) yield { found: [], ended: ended.slice(from, from + CHUNK) };
}

/** Whether it is acknowledged is the store's to know, not the fleet's to write. */
function toFound({ until: _, acknowledged: __, ...condition }: ConditionView): FoundCondition {
  return condition;
}
