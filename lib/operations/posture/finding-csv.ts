import { remedyOf } from "@/lib/domain/posture/posture-view";
import type { ConditionView } from "@/lib/domain/views/common";
import type { CsvValue } from "@/lib/operations/define";

/** The columns of findings in a file. */
export const FINDING_HEAD = [
  "rule",
  "severity",
  "finding",
  "sentence",
  "cluster",
  "tenant",
  "subject",
  "tenants affected",
  "tenants affected, first",
  "opened",
  "closed",
  "acknowledged by",
  "acknowledged until",
  "acknowledged, reason",
  "remedy",
  "evidence, JSON",
];

export function findingCells({ acknowledged, ...finding }: ConditionView): CsvValue[] {
  const { rule, severity, label, sentence, clusterId, tenantId, subject, since, until, evidence } = finding;
  const affected = [evidence.tenants ?? null, evidence.affects ?? null];
  const seen = [acknowledged?.by ?? null, acknowledged?.until ?? null, acknowledged?.reason ?? null];
  return [
    rule,
    severity,
    label,
    sentence,
    clusterId,
    tenantId,
    subject,
    ...affected,
    since,
    until,
    ...seen,
    remedyOf(rule),
    JSON.stringify(evidence),
  ];
}
