import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { ConditionList } from "@/lib/domain/views/clusters";
import { type ConditionView, Severity } from "@/lib/domain/views/common";
import type { CsvValue } from "@/lib/operations/define";
import { defineOperation } from "@/lib/operations/define";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";

const Filter = z.strictObject({
  tenant: Id.exactOptional(),
  cluster: Id.exactOptional(),
  severity: Severity.exactOptional(),
  /** The stable name of a rule, such as `noise.noisy`. */
  rule: z.string().max(60).exactOptional(),
  acknowledged: z.enum(["yes", "no"]).exactOptional(),
});

function conditionsOf(
  { conditions }: FleetSnapshot,
  { tenant, cluster, severity, rule, acknowledged }: z.output<typeof Filter>,
): ConditionView[] {
  return conditions.filter(
    (condition) =>
      (tenant === undefined || condition.tenantId === tenant) &&
      (cluster === undefined || condition.clusterId === cluster) &&
      (severity === undefined || condition.severity === severity) &&
      (rule === undefined || condition.rule === rule) &&
      (acknowledged === undefined || (condition.acknowledged !== null) === (acknowledged === "yes")),
  );
}

const HEAD = [
  "id",
  "rule",
  "severity",
  "label",
  "sentence",
  "tenant",
  "cluster",
  "subject",
  "since",
  "acknowledged by",
  "acknowledged until",
  "acknowledged, reason",
  "evidence, JSON",
];

function cells({ acknowledged, ...condition }: ConditionView): CsvValue[] {
  const { id, rule, severity, label, sentence, tenantId, clusterId, subject, since, evidence } = condition;
  const seen = [acknowledged?.by ?? null, acknowledged?.until ?? null, acknowledged?.reason ?? null];
  return [id, rule, severity, label, sentence, tenantId, clusterId, subject, since, ...seen, JSON.stringify(evidence)];
}

export const listConditions = defineOperation({
  name: "listConditions",
  summary: "Everything that is so now and asks for attention, worst first, with who has acknowledged it.",
  method: "GET",
  path: "/api/conditions",
  roles: SUPPORT,
  limits: "within",
  input: Filter,
  output: ConditionList,
  version: (context) => context.fleet().version,
  csv: (context, filter) => ({ filename: "conditions", head: HEAD, rows: conditionsOf(context.fleet(), filter).map(cells) }),
  act: (context, filter) => ({ conditions: conditionsOf(context.fleet(), filter) }),
});
