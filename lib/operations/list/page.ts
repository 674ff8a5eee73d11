import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { PageInfo } from "@/lib/domain/views/common";
import type { Context } from "@/lib/operations/context";
import { perFleet } from "./per-fleet";

/** Version of the fleet, place of the next row, and the filters the list was made with. */
const Cursor = z.tuple([z.string(), z.int().min(0), z.string()]);

export interface PageRequest {
  cursor?: string;
  limit: number;
}

export interface Page<T> {
  page: z.output<typeof PageInfo>;
  rows: T[];
  /** The fleet the list began with. Of one that was replaced since only its tiers are left, and what `perFleet` worked out. */
  fleet: FleetSnapshot;
}

/**
 * One page of a list over the fleet. The cursor pins the fleet it began with, so that no row is missed or seen twice while the
 * fleet moves on. `filters` names everything that decides which rows there are and in which order. `list` is not asked again for a
 * further page. Throws AppError `invalid` for a cursor of another list, `precondition_failed` for one whose fleet is gone.
 */
export function pageOf<T>(context: Context, request: PageRequest, filters: unknown, list: (fleet: FleetSnapshot) => readonly T[]): Page<T> {
  const key = JSON.stringify(filters);
  const from = request.cursor === undefined ? null : readCursor(request.cursor, key);
  const fleet = context.fleet(from?.version);
  const all = perFleet(fleet, key, () => list(fleet));
  const start = from?.start ?? 0;
  const end = start + request.limit;
  const nextCursor = end < all.length ? writeCursor(fleet.version, end, key) : null;
  return { page: { total: all.length, nextCursor, version: fleet.version, at: fleet.at }, rows: all.slice(start, end), fleet };
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
