import { type Clock, isoNow } from "@/lib/collector/clock";
import type { OpenProbe, Probe } from "@/lib/collector/ports";
import { nextTurn } from "@/lib/collector/run-slices";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { GroupMemberFact, RecordFact } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { isCloseToPromise } from "@/lib/domain/pool/close-to-promise";
import { DRAW_BOUNDS, type DrawPlan, planDraws } from "@/lib/domain/pool/draw-plan";
import { hourOf, sampledHour } from "@/lib/domain/pool/sampled-hour";
import { estimateShares, type PoolShares } from "@/lib/domain/pool/shares";
import type { ClusterSample, MemberCount, TopicSample } from "@/lib/domain/posture/sample";
import { hasSharedToRead, type LastSample, SAMPLE_BOUNDS, type SampleTarget, topicsToSample } from "@/lib/domain/posture/sample-plan";
import { tallyRecords, tenantOfRecord } from "@/lib/domain/posture/tally-records";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { drawBatches } from "./draw-batches";

export interface Sampler {
  /** Reads what is due within the bounds, and answers with all that is known. Does not reject. */
  sample: (fleet: FleetSnapshot, cluster: ClusterSnapshot) => Promise<ClusterSample | null>;
  /** Whether a shared topic is to be read now: an hour has ended, or its last sample could tell little. */
  isDue: (fleet: FleetSnapshot, cluster: ClusterSnapshot) => boolean;
}

export interface SamplerOptions {
  connection: ResolvedConnection;
  openProbe: OpenProbe;
  clock: Clock;
  /** Where offsets are drawn by: 0 to 1. Absent: no shares are estimated. */
  random?: () => number;
  /** Shares that were estimated before a restart, or by another process. */
  saved?: ReadonlyMap<string, PoolShares> | undefined;
}

const RETRY_MS = 240_000;

/** Samples records and counts members of one cluster: no group is joined, nothing is committed, and of payloads nothing is kept. */
export function createSampler({ connection, openProbe, clock, random, saved }: SamplerOptions): Sampler {
  const topics = new Map<string, TopicSample>();
  const last = new Map<string, LastSample>();
  const members = new Map<string, MemberCount>();
  const shares = new Map<string, PoolShares>(saved);
  const countedAtMs = new Map<string, number>();
  let at: string | null = null;

  async function sampleTopics(probe: Probe, fleet: FleetSnapshot, cluster: ClusterSnapshot, endMs: number): Promise<void> {
    for (const target of topicsToSample(fleet, cluster, last, clock.now())) {
      if (clock.now() >= endMs) return;
      const { topic, heldRecords, isShared } = target;
      const before = { readAtMs: clock.now(), heldRecords, isShared };
      last.set(topic, { ...before, atMs: clock.now(), isThin: false });
      const read = await readTopic(probe, target, endMs);
      const isThin = read.problem === null && read.records.length < SAMPLE_BOUNDS.recordsPerTopic / 2;
      // What was not answered is asked for soon again; what was refused, in an hour.
      const atMs = read.isRetried ? clock.now() - SAMPLE_BOUNDS.everyMs + RETRY_MS : clock.now();
      last.set(topic, { ...before, atMs, isThin });
      topics.set(topic, tallyRecords({ ...target, ...read, at: isoNow(clock) }));
      await drawShares(probe, target, fleet, cluster, endMs);
      await nextTurn();
    }
  }

  /** Who is in a shared topic, from batches at random offsets: by the newest records alone whoever wrote last would have all of it. */
  async function drawShares(
    probe: Probe,
    { topic, record, tenantOf, isShared }: SampleTarget,
    fleet: FleetSnapshot,
    cluster: ClusterSnapshot,
    endMs: number,
  ): Promise<void> {
    if (random === undefined || record === null || !isShared) return;
    const before = shares.get(topic);
    if (before !== undefined && hourOf(Date.parse(before.at)) >= hourOf(clock.now())) return;
    const hour = sampledHour(clock.now());
    const draw = (plan: DrawPlan) =>
      drawBatches(
        probe,
        topic,
        plan,
        (one) => tenantOfRecord(one, record, tenantOf),
        () => clock.now() >= endMs,
      );
    const plan = planDraws(cluster, topic, random, DRAW_BOUNDS.drawsPerTopic, hour);
    const drawn = await draw(plan);
    const estimate = (): PoolShares | null => {
      const found = estimateShares(drawn, plan.strata, isoNow(clock));
      return found === null || plan.ofHour === null ? found : { ...found, hour: { fromMs: hour.fromMs, ...plan.ofHour } };
    };
    const estimated = estimate();
    if (estimated === null) return;
    shares.set(topic, estimated);
    if (!isCloseToPromise(fleet, cluster, topic, shares, clock.now())) return;
    drawn.push(...(await draw(planDraws(cluster, topic, random, DRAW_BOUNDS.drawsPerTopicClose, hour))));
    shares.set(topic, estimate() ?? estimated);
  }

  async function readTopic(probe: Probe, { topic, partitions }: SampleTarget, endMs: number) {
    const records: RecordFact[] = [];
    let problem: string | null = null;
    let isRefused = false;
    const { bytesPerPartition: maxBytes } = SAMPLE_BOUNDS;
    for (const { partition, fromOffset, maxRecords } of partitions) {
      if (clock.now() >= endMs) break;
      const { value, problems } = await probe.sample({ topic, partition, offset: fromOffset, maxBytes, maxRecords });
      records.push(...(value?.records ?? []));
      problem ??= problems[0]?.message ?? null;
      // A topic that is refused is so in each of its partitions.
      isRefused = value === null && problems[0]?.code === "forbidden";
      if (isRefused) break;
    }
    return { records, problem, isRetried: records.length === 0 && problem !== null && !isRefused };
  }

  async function countMembers(probe: Probe, fleet: FleetSnapshot, { clusterId }: ClusterSnapshot, endMs: number): Promise<void> {
    const groups = [...(fleet.groups.get(clusterId)?.values() ?? [])];
    const due = groups
      .filter(({ groupId, hasMembers }) => hasMembers === true && clock.now() - (countedAtMs.get(groupId) ?? 0) >= SAMPLE_BOUNDS.everyMs)
      .toSorted((a, b) => (countedAtMs.get(a.groupId) ?? 0) - (countedAtMs.get(b.groupId) ?? 0));
    for (const { groupId, type } of due.slice(0, SAMPLE_BOUNDS.groupsPerSweep)) {
      if (clock.now() >= endMs) return;
      countedAtMs.set(groupId, clock.now());
      const { value } = await probe.describeGroup(groupId, type);
      if (value !== null) members.set(groupId, memberCount(value));
    }
    for (const { groupId, hasMembers } of groups) if (hasMembers === false) members.delete(groupId);
  }

  /** What is gone is not told of. */
  function forget(fleet: FleetSnapshot, clusterId: string): void {
    for (const topic of [...topics.keys(), ...last.keys()]) {
      if (fleet.topics.get(clusterId)?.has(topic)) continue;
      topics.delete(topic);
      shares.delete(topic);
      last.delete(topic);
    }
    for (const group of members.keys()) if (!fleet.groups.get(clusterId)?.has(group)) members.delete(group);
  }

  return {
    isDue: (fleet, cluster) => hasSharedToRead(fleet, cluster, last, clock.now()),
    async sample(fleet, cluster) {
      if (connection.samples === "off" || connection.bootstrap.length === 0 || cluster.metadataFrom !== "kafka") return null;
      const endMs = clock.now() + SAMPLE_BOUNDS.sweepMs;
      const probe = openProbe(connection);
      try {
        await sampleTopics(probe, fleet, cluster, endMs);
        await countMembers(probe, fleet, cluster, endMs);
      } finally {
        probe.close();
      }
      forget(fleet, cluster.clusterId);
      if (topics.size > 0 || members.size > 0) at = isoNow(clock);
      return at === null ? null : { at, topics: new Map(topics), members: new Map(members), shares: new Map(shares) };
    },
  };
}

/** While a group shares out its partitions, and with assignors of somebody's own, nobody seems to have any. */
function memberCount({ state, members }: { state: string; members: readonly GroupMemberFact[] }): MemberCount {
  const idle = members.filter(({ assigned }) => assigned.every(({ partitions }) => partitions.length === 0)).length;
  return { members: members.length, idle: state === "Stable" && idle < members.length ? idle : null };
}
