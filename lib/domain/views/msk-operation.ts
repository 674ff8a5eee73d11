import { z } from "zod";
import { Time } from "./common";

export const MskOperationView = z.object({
  type: z.string(),
  state: z.string(),
  startedAt: Time,
  endedAt: Time.nullable(),
  error: z.string().nullable(),
});
export type MskOperationView = z.infer<typeof MskOperationView>;
