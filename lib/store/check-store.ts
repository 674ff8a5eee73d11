import { sql } from "drizzle-orm";
import { AppError } from "@/lib/domain/errors";
import type { Store } from "./store";

export type StoreCheck =
  | { ok: true; kind: Store["kind"]; location: string }
  | { ok: false; kind: Store["kind"]; location: string; message: string };

/** Whether the database answers a query within `timeoutMs`. Never rejects; the message is for a person. */
export async function checkStore(store: Store, timeoutMs: number): Promise<StoreCheck> {
  const { kind, location } = store;
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new AppError("unavailable", `The console's database did not answer within ${timeoutMs} ms.`)),
      timeoutMs,
    );
  });
  try {
    await Promise.race([store.run((db) => db.execute(sql`select 1`)), deadline]);
    return { ok: true, kind, location };
  } catch (error) {
    return {
      ok: false,
      kind,
      location,
      message: error instanceof AppError ? error.message : "The console's database gave an unexpected answer.",
    };
  } finally {
    clearTimeout(timer);
  }
}
