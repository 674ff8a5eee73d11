import { formatDuration, formatMilliseconds, formatRateOf } from "./format";
import { aboveQuotaKey, type LimitInput } from "./limit-input";
import { isKnown } from "./observed";
import type { DirectionUse } from "./views/use";

/** Why the state is what it is, in words, with what else must be known to read it; null: it speaks for itself. */
export function limitNote(input: LimitInput, use: DirectionUse): string | null {
  const sentences = [stateSentence(input, use)];
  if (use.worst?.source === "derived") sentences.push("From topic series: throttling cannot be seen, and a mean hides single seconds.");
  for (const { note } of input.parts) if (!sentences.includes(note)) sentences.push(note);
  const text = sentences.filter((sentence) => sentence !== null).join(" ");
  return text === "" ? null : text;
}

function stateSentence(input: LimitInput, use: DirectionUse): string | null {
  const { state, worst } = use;
  if (state === "unknown") return unknownSentence(input, use);
  if (worst === null) return null;
  const where = `broker ${worst.brokerId}`;
  const rate = formatRateOf(worst.bytesPerSecond, worst.quotaBytesPerSecond ?? 0);
  if (state === "at-limit") {
    return `Throttled on ${where} for ${formatMilliseconds(worst.throttleMs ?? 0)} a request at ${rate}: demand is cut off, so it would take more.`;
  }
  if (state === "throttled-below-promise") {
    return `Throttled on ${where} at ${rate}, while the total is ${promised(use)}: the split of the promise does not fit this traffic.`;
  }
  if (state === "not-in-force") {
    const since = input.aboveQuotaSinceMs.get(aboveQuotaKey(input.direction, worst.clusterId, worst.bucket, worst.brokerId)) ?? input.nowMs;
    return `${rate} on ${where} for ${formatDuration(input.nowMs - since)} and not held back: the quota of ${quotaOwner(use)} does not bind this traffic.`;
  }
  return null;
}

function unknownSentence({ parts }: LimitInput, { bytesPerSecond }: DirectionUse): string | null {
  const stated = parts.find(({ limitUnknown }) => limitUnknown !== null)?.limitUnknown;
  if (stated !== undefined) return stated;
  return isKnown(bytesPerSecond) ? "No rate is known where its quotas apply." : bytesPerSecond.reason;
}

function promised({ bytesPerSecond, promise }: DirectionUse): string {
  const rate = isKnown(bytesPerSecond) ? bytesPerSecond.value : 0;
  return `${formatRateOf(rate, promise?.bytesPerSecond ?? 0)} promised`;
}

function quotaOwner({ buckets, worst }: DirectionUse): string {
  const bucket = buckets.find((one) => one.clusterId === worst?.clusterId && one.bucket === worst.bucket);
  return bucket?.quota?.entity ?? worst?.bucket ?? "this bucket";
}
