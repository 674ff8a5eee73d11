import type { ChartMark } from "@/components/charts/chart-marks";
import { formatClock } from "@/components/ui/time";
import { operationWords } from "@/lib/domain/cloud/msk-operations";
import type { MskOperationView } from "@/lib/domain/views/msk-operation";

/** "Security patching, UPDATE_COMPLETE, 14:02:10 to 14:20:00": an operation for the pointer, the keyboard and a screen reader. */
export function operationSentence({ type, state, startedAt, endedAt, error }: MskOperationView, nowMs: number): string {
  const words = operationWords(type);
  const from = formatClock(Date.parse(startedAt), nowMs);
  const span = endedAt === null ? `since ${from}` : `${from} to ${formatClock(Date.parse(endedAt), nowMs)}`;
  const failed = error === null ? "" : `: ${error}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, ${state.toLowerCase().replaceAll("_", " ")}, ${span}${failed}`;
}

/** What MSK did to a cluster, as marks of its charts. `on` names the cluster where a chart shows several. */
export function operationMarks(operations: readonly MskOperationView[], nowMs: number, on?: string): ChartMark[] {
  return operations.map((operation) => ({
    key: `${on ?? ""} ${operation.type} ${operation.startedAt}`,
    fromMs: Date.parse(operation.startedAt),
    toMs: operation.endedAt === null ? null : Date.parse(operation.endedAt),
    words: `${on === undefined ? "" : `${on}: `}${operationSentence(operation, nowMs)}`,
  }));
}
