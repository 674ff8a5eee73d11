import type { Clock } from "@/lib/collector/clock";

/** Values that are shown a while after they were written, as brokers do. */
export interface LateValues {
  /** From the beginning. */
  set: (name: string, value: string | null) => void;
  write: (name: string, value: string | null, delayMs: number) => void;
  standing: (name: string) => string | null;
  shown: (name: string) => string | null;
}

export function createLateValues(clock: Clock): LateValues {
  const versions = new Map<string, { fromMs: number; value: string | null }[]>();
  const put = (name: string, value: string | null, fromMs: number): void => {
    versions.set(name, [...(versions.get(name) ?? []), { fromMs, value }]);
  };
  return {
    set: (name, value) => put(name, value, Number.NEGATIVE_INFINITY),
    write: (name, value, delayMs) => put(name, value, clock.now() + delayMs),
    standing: (name) => versions.get(name)?.at(-1)?.value ?? null,
    shown: (name) => versions.get(name)?.findLast(({ fromMs }) => fromMs <= clock.now())?.value ?? null,
  };
}
