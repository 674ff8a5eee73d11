import { z } from "zod";

export const LIMIT_MAX = 500;

/** What every list takes beside its filters. */
export const pageQuery = (limitDefault = 100) => ({
  cursor: z.string().max(400).exactOptional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(limitDefault),
});

/** Words to look for in names; letter case does not matter. */
export const Words = z.string().max(249).default("");
export const Order = z.enum(["asc", "desc"]);
/** Ids in an address: an unknown one is not found, whatever it looks like. */
export const Id = z.string().min(1).max(100);
/** Names of topics and groups: Kafka allows topics 249 characters, groups 32,767 bytes; nobody has more than this. */
export const Name = z.string().min(1).max(1000);
