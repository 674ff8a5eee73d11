import { z } from "zod";

/** Ids of tenants, tiers and connections: what fits an address and a file name, and never needs escaping. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be 1 to 63 lower-case letters, digits or dashes, and must not start with a dash");
