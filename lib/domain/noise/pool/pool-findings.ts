import type { Finding } from "@/lib/domain/conditions/condition";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { PoolNoise, PoolResource } from "./pool-noise";
import { poolEpisodeSentence } from "./pool-sentence";

/** The subject of a condition about a pool's tenant: "pool in". */
export const poolSubject = (resource: PoolResource): string => `pool ${resource}`;
export const isPoolSubject = (subject: string): boolean => subject.startsWith("pool ");

/** Episodes of a pool as conditions. They end as others do: not while the hour that would end them is not judged. */
export function poolFindings(fleet: FleetSnapshot, { clusterId, name }: ClusterSnapshot, noise: PoolNoise): Finding[] {
  const naming = { tenant: (id: string) => fleet.tenants.get(id)?.tenant.name ?? id, others: true };
  return noise.episodes.map((episode): Finding => {
    const { level, verdict, pressures, peak, victims, mechanism, causes } = episode;
    const isNoisy = verdict === "noisy";
    return {
      rule: isNoisy ? "noise.noisy" : "noise.loud",
      severity: isNoisy ? "danger" : "info",
      sentence: poolEpisodeSentence(episode, noise, name, naming),
      evidence: {
        resource: level.resource,
        hourFrom: new Date(noise.fromMs).toISOString(),
        source: level.source,
        share: level.share.value,
        shareLow: level.share.low,
        shareHigh: level.share.high,
        entitlement: level.entitlement,
        bytesPerSecond: level.rate.value,
        bytesPerSecondLow: level.rate.low,
        bytesPerSecondHigh: level.rate.high,
        promiseBytesPerSecond: level.promiseBytesPerSecond,
        peakShare: peak,
        clusterBytesPerSecond: level.clusterRate,
        pressure: pressures
          .flatMap(({ brokerId, signs }) => signs.map(({ kind, value }) => `broker ${brokerId} ${kind} ${value.toFixed(3)}`))
          .join(", "),
        victims: victims.map(({ groupId }) => groupId).join(", "),
        mechanism: mechanism === null ? null : `${mechanism.what} ${Math.round(mechanism.beforeMs)} to ${Math.round(mechanism.nowMs)} ms`,
        cause: causes[0]?.sentence ?? null,
      },
      tenantId: level.tenantId,
      clusterId,
      subject: poolSubject(level.resource),
      sinceMs: level.sinceMs,
    };
  });
}
