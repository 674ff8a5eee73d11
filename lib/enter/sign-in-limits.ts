import { isIPv6 } from "node:net";
import { AppError } from "@/lib/domain/errors";

interface Rule {
  /** Failures that cost nothing. */
  free: number;
  /** The wait doubles with each failure beyond, up to this. */
  waitMsMax: number;
}

const SECOND = 1_000;
/** One account from one address: the strict one. */
const PAIR: Rule = { free: 5, waitMsMax: 15 * 60 * SECOND };
/** One address, whichever account; several people may share one. */
const ADDRESS: Rule = { free: 30, waitMsMax: 15 * 60 * SECOND };
/** One account from anywhere. Its wait stays short: else anybody could lock somebody out. */
const ACCOUNT: Rule = { free: 20, waitMsMax: 30 * SECOND };
const FORGOTTEN_AFTER_MS = 60 * 60 * SECOND;
const KEPT_MAX = 20_000;

interface Failures {
  count: number;
  lastMs: number;
  untilMs: number;
}

export interface Attempt {
  account: string;
  address: string;
  /** The person has signed in from there before: failures elsewhere do not count then. */
  known: boolean;
}

export interface SignInLimits {
  /** Throws AppError `too_many` while an earlier failure is waited for. What is refused counts as no failure. */
  check: (attempt: Attempt) => void;
  failed: (attempt: Attempt) => void;
  succeeded: (attempt: Attempt) => void;
}

/** Slows guessing down by account, by address and by both. Kept in this process's memory. */
export function createSignInLimits(now: () => number): SignInLimits {
  const kept = new Map<string, Failures>();
  const keysOf = ({ account, address, known }: Attempt): [string, Rule][] => [
    [`pair ${account} ${networkOf(address)}`, PAIR],
    [`address ${networkOf(address)}`, ADDRESS],
    ...(known ? [] : ([[`account ${account}`, ACCOUNT]] satisfies [string, Rule][])),
  ];
  return {
    check(attempt) {
      const waits = keysOf(attempt).map(([key]) => (kept.get(key)?.untilMs ?? 0) - now());
      const waitMs = Math.max(...waits);
      if (waitMs <= 0) return;
      const seconds = Math.ceil(waitMs / SECOND);
      throw new AppError("too_many", `Too many attempts. Try again in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`);
    },
    failed(attempt) {
      for (const [key, rule] of keysOf({ ...attempt, known: false })) {
        const before = kept.get(key);
        const count = before === undefined || now() - before.lastMs > FORGOTTEN_AFTER_MS ? 1 : before.count + 1;
        const waitMs = count < rule.free ? 0 : Math.min(rule.waitMsMax, SECOND * 2 ** (count - rule.free));
        kept.delete(key);
        kept.set(key, { count, lastMs: now(), untilMs: now() + waitMs });
        const [oldest] = kept.keys();
        if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
      }
    },
    succeeded({ account, address }) {
      kept.delete(`pair ${account} ${networkOf(address)}`);
    },
  };
}

/** Whoever has one address of IPv6 has all of its network of 64 bits, and could take another for each attempt. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const parts = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - parts.length - (tail === "" ? 0 : tail.split(":").length);
  const all = [...parts, ...new Array<string>(Math.max(0, missing)).fill("0"), ...(tail ?? "").split(":")];
  return `${all
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(":")}::/64`;
}
