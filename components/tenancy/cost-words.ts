import type { CostKind } from "@/lib/domain/cost/cost";
import type { CostLineView } from "@/lib/domain/views/cost";

export const COST_WORDS: Record<CostKind, string> = {
  brokers: "Brokers",
  "serverless-cluster": "Serverless hours",
  partitions: "Partitions",
  storage: "Storage",
  throughput: "Volume throughput",
  "data-in": "Data in",
  "data-out": "Data out",
  monitoring: "Monitoring",
  "console-calls": "This console's CloudWatch calls",
};

const OF_WORDS: Record<CostLineView["of"], string> = { used: ", used", reserved: ", kept free for a promise", idle: ", idle", all: "" };

export function costLineWords({ kind, of }: Pick<CostLineView, "kind" | "of">): string {
  return `${COST_WORDS[kind]}${OF_WORDS[of]}`;
}
