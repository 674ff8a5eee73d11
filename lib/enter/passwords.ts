import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { AppError } from "@/lib/domain/errors";

/** OWASP's advice for scrypt with r 8: some 64 MB and a tenth of a second each. */
const COST = { N: 2 ** 16, r: 8, p: 1 };
const MEMORY_MAX = 256 * 1024 * 1024;
const KEY_BYTES = 32;
/** Who waits longer than these few hashes take is told to come back. */
const WAITING_MAX = 8;

export interface Passwords {
  hash: (password: string) => Promise<string>;
  /** null: there is no such person; it takes as long, and is never right. */
  matches: (password: string, hash: string | null) => Promise<boolean>;
}

/** One hash at a time, so that sign-ins cannot take memory and processors from the rest. Throws AppError `too_many` beyond a short queue. */
export function createPasswords(cost = COST): Passwords {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (waiting >= WAITING_MAX) throw new AppError("too_many", "Too many people sign in at this moment. Try again in a few seconds.");
    waiting += 1;
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  }
  const nobody = `scrypt$${cost.N}$${cost.r}$${cost.p}$${randomBytes(16).toString("base64url")}$${randomBytes(KEY_BYTES).toString("base64url")}`;
  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(16);
        const key = await derive(password, salt, cost);
        return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
      }),
    async matches(password, hash) {
      const { salt, key, ...parameters } = read(hash ?? nobody);
      const given = await inTurn(() => derive(password, salt, parameters));
      return given.length === key.length && timingSafeEqual(given, key) && hash !== null;
    },
  };
}

interface Parameters {
  N: number;
  r: number;
  p: number;
}

function read(hash: string): Parameters & { salt: Buffer; key: Buffer } {
  const [, N, r, p, salt = "", key = ""] = hash.split("$");
  return { N: Number(N), r: Number(r), p: Number(p), salt: Buffer.from(salt, "base64url"), key: Buffer.from(key, "base64url") };
}

function derive(password: string, salt: Buffer, { N, r, p }: Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters can be typed in more than one way; one of them is hashed.
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { N, r, p, maxmem: MEMORY_MAX }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
