import { z } from "zod";

/** That somebody allowed payloads of a cluster's records to be looked at, or took that back. */
export const PayloadSwitch = z.object({ allowed: z.boolean(), by: z.string(), at: z.iso.datetime(), reason: z.string() });
export type PayloadSwitch = z.infer<typeof PayloadSwitch>;
