import { describeClientQuotasV1 } from "@platformatic/kafka";
import { createBreath } from "./breath";
import { ByteCursor } from "./byte-cursor";
import { type RawAnswer, undecoded } from "./operation";

/** No components and not strict: every rule. */
export const DESCRIBE_CLIENT_QUOTAS = undecoded<[components: never[], strict: false]>("DescribeClientQuotas", describeClientQuotasV1);

export interface QuotaEntry {
  entity: { type: string; name: string | null }[];
  values: { key: string; value: number }[];
}

export interface QuotasAnswer {
  errorCode: number;
  errorMessage: string | null;
  entries: QuotaEntry[];
}

/** Decodes DescribeClientQuotas 1: throttle_time_ms error_code error_message [entries: [entity: type name] [values: key value]]. */
export async function decodeClientQuotas({ bytes }: RawAnswer): Promise<QuotasAnswer> {
  const cursor = new ByteCursor(bytes);
  const breath = createBreath();
  cursor.int32();
  const answer: QuotasAnswer = { errorCode: cursor.int16(), errorMessage: cursor.nullableString(), entries: [] };
  for (let left = cursor.compactLength(); left > 0; left -= 1) {
    const entry: QuotaEntry = { entity: [], values: [] };
    for (let parts = cursor.compactLength(); parts > 0; parts -= 1) {
      entry.entity.push({ type: cursor.string(), name: cursor.nullableString() });
      cursor.skipTags();
    }
    for (let values = cursor.compactLength(); values > 0; values -= 1) {
      entry.values.push({ key: cursor.string(), value: cursor.float64() });
      cursor.skipTags();
    }
    cursor.skipTags();
    answer.entries.push(entry);
    const pause = breath();
    if (pause) await pause;
  }
  return answer;
}
