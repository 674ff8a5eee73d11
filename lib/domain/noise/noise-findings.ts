import type { Finding } from "@/lib/domain/conditions/condition";
import type { Judging } from "./judging";
import type { BrokerPressure, Episode, Level } from "./noise";
import { episodeSentence, unfitSentence } from "./sentence";

/** Pressure without anybody to blame is told once it has lasted: a reading of a few seconds may be a burst. */
const PRESSURE_TOLD_MS = 2 * 60_000;

/** Episodes as conditions, and brokers under pressure for which nobody is to blame. */
export function noiseFindings(
  { fleet, cluster, atMs }: Judging,
  episodes: readonly Episode[],
  levels: readonly Level[],
  pressures: ReadonlyMap<number, BrokerPressure>,
): Finding[] {
  const { clusterId, name } = cluster;
  const naming = { tenant: (id: string) => fleet.tenants.get(id)?.tenant.name ?? id, others: true };
  const own = episodes.map((episode): Finding => {
    const { level, peak, victims, mechanism, causes, pressure } = episode;
    return {
      rule: level.verdict === "noisy" ? "noise.noisy" : "noise.loud",
      severity: level.verdict === "noisy" ? "danger" : "info",
      sentence: episodeSentence(episode, name, naming),
      evidence: {
        brokerId: level.brokerId,
        resource: level.resource,
        share: level.share,
        entitlement: level.entitlement,
        peakShare: peak,
        rate: level.rate,
        brokerRate: level.brokerRate,
        pressure: pressure.signs.map(({ kind, value }) => `${kind} ${value.toFixed(3)}`).join(", "),
        victims: victims.map(({ groupId }) => groupId).join(", "),
        mechanism: mechanism === null ? null : `${mechanism.what} ${Math.round(mechanism.beforeMs)} to ${Math.round(mechanism.nowMs)} ms`,
        cause: causes[0]?.sentence ?? null,
      },
      tenantId: level.tenantId,
      clusterId,
      subject: `broker ${level.brokerId} ${level.resource}`,
      sinceMs: level.sinceMs,
    };
  });
  const blamed = new Set(episodes.filter(({ level }) => level.verdict === "noisy").map(({ level }) => level.brokerId));
  const unfit = [...pressures.values()].flatMap((pressure): Finding[] => {
    const { brokerId, signs, sinceMs } = pressure;
    if (sinceMs === null || signs.length === 0 || blamed.has(brokerId) || atMs - sinceMs < PRESSURE_TOLD_MS) return [];
    const inside = levels.filter((level) => level.brokerId === brokerId && level.verdict === "inside");
    const [largest] = inside.sort((a, b) => b.share - a.share);
    const told = largest === undefined ? null : { level: largest, name: naming.tenant(largest.tenantId) };
    return [
      {
        rule: "noise.pressure",
        severity: "warn",
        sentence: unfitSentence(pressure, name, told),
        evidence: Object.fromEntries(signs.map(({ kind, value }) => [kind, value])),
        tenantId: null,
        clusterId,
        subject: `broker ${brokerId}`,
        sinceMs,
      },
    ];
  });
  return [...own, ...unfit];
}
