import { and, desc, eq, gte, inArray, isNull, or } from "drizzle-orm";
import { conditions } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { StoredCondition } from "./types";

export interface ConditionQuery {
  tenantId?: string;
  clusterId?: string;
  /** Only those of these rules. */
  rules?: readonly string[];
  /** Also the conditions that ended at or after this time. Absent: open ones only. */
  endedSince?: Date;
  limit?: number;
}

/** Open conditions, and if asked for those that ended lately; the latest to begin comes first. */
export async function listConditions(store: StoreSession, query: ConditionQuery = {}): Promise<StoredCondition[]> {
  const { tenantId, clusterId, rules, endedSince, limit = 10_000 } = query;
  const rows = await store.run((db) =>
    db
      .select()
      .from(conditions)
      .where(
        and(
          endedSince === undefined ? isNull(conditions.until) : or(isNull(conditions.until), gte(conditions.until, endedSince)),
          tenantId === undefined ? undefined : eq(conditions.tenantId, tenantId),
          clusterId === undefined ? undefined : eq(conditions.clusterId, clusterId),
          rules === undefined ? undefined : inArray(conditions.rule, [...rules]),
        ),
      )
      .orderBy(desc(conditions.since), desc(conditions.episode))
      .limit(limit),
  );
  return rows.map(toCondition);
}

function toCondition(row: typeof conditions.$inferSelect): StoredCondition {
  return {
    id: row.key,
    episode: row.episode,
    rule: row.rule,
    severity: row.severity,
    label: row.label,
    sentence: row.sentence,
    tenantId: row.tenantId,
    clusterId: row.clusterId,
    subject: row.subject,
    since: row.since.toISOString(),
    until: row.until?.toISOString() ?? null,
    evidence: row.evidence,
    acknowledged:
      row.acknowledgedBy === null || row.acknowledgedUntil === null
        ? null
        : { by: row.acknowledgedBy, until: row.acknowledgedUntil.toISOString(), reason: row.acknowledgedReason ?? "" },
  };
}
