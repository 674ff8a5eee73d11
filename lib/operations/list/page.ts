import { z } from "zod";
import { AppError, listUpdated } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { PinnedList } from "@/lib/domain/pinned-list";
import type { PageInfo } from "@/lib/domain/views/common";
import type { Context } from "@/lib/operations/context";
import { keptUnder } from "./per-fleet";

/** Version of the fleet, place of the next row, and the filters the list was made with. */
const Cursor = z.tuple([z.string(), z.int().min(0), z.string()]);

export interface PageRequest {
  cursor?: string;
  limit: number;
}

export interface Page<T> {
  page: z.output<typeof PageInfo>;
  rows: T[];
  /** What the rows were told of: the fleet that the list began with, or the newest where that was replaced. */
  fleet: FleetSnapshot;
}

/** How a row is found in another fleet than the one it was listed of. */
export interface Again<T> {
  keyOf: (row: T) => string;
  /** undefined: it is gone. */
  find: (fleet: FleetSnapshot, key: string) => T | undefined;
}

export interface Listing<T> {
  /** Names everything that decides which rows there are and in which order. */
  filters: unknown;
  /** All rows, in their order; asked once for each fleet. */
  list: (fleet: FleetSnapshot) => readonly T[];
  /** Absent: rows stay as they were, and should be few. */
  again?: Again<T>;
}

/**
 * One page of a list over the fleet. The cursor pins which rows there are and in which order, so that none is missed or seen twice while
 * the fleet moves on; what a row says is as it is now, and one that is gone since is left out. Throws AppError `invalid` for a cursor of
 * another list, `precondition_failed` for one whose fleet is gone.
 */
export function pageOf<T>(context: Context, request: PageRequest, listing: Listing<T>): Page<T> {
  const key = JSON.stringify(listing.filters);
  const from = request.cursor === undefined ? null : readCursor(request.cursor, key);
  const pinned = context.fleet(from?.version);
  const list = listOf(pinned, key, listing);
  const fleet = list.rows === null ? context.fleet() : pinned;
  const start = from?.start ?? 0;
  const end = start + request.limit;
  const total = (list.rows ?? list.keys ?? []).length;
  const nextCursor = end < total ? writeCursor(pinned.version, end, key) : null;
  if (nextCursor !== null) list.isPointedAt = true;
  const rows = list.rows?.slice(start, end) ?? foundAgain(fleet, list.keys?.slice(start, end) ?? [], listing);
  return { page: { total, nextCursor, version: pinned.version, at: fleet.at }, rows, fleet };
}

function listOf<T>(fleet: FleetSnapshot, key: string, { list, again }: Listing<T>): PinnedList<T> {
  const lists = fleet.lists as Map<string, PinnedList<T>>;
  if (fleet.replaced && !lists.has(key)) throw listUpdated();
  return keptUnder(lists, key, () => ({ rows: list(fleet), keys: null, keyOf: again?.keyOf ?? null, isPointedAt: false }));
}

function foundAgain<T>(fleet: FleetSnapshot, keys: readonly string[], { again }: Listing<T>): T[] {
  return keys.flatMap((key) => again?.find(fleet, key) ?? []);
}

function writeCursor(version: string, start: number, key: string): string {
  return Buffer.from(JSON.stringify([version, start, checksum(key)])).toString("base64url");
}

function readCursor(cursor: string, key: string): { version: string; start: number } {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(cursor, "base64url").toString()));
  if (!parsed.success || parsed.data[2] !== checksum(key)) {
    const message = "is not a cursor of this list";
    throw new AppError("invalid", `cursor: ${message}`, { details: [{ path: "cursor", message }] });
  }
  return { version: parsed.data[0], start: parsed.data[1] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** FNV-1a: tells lists apart, keeps nothing secret. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
