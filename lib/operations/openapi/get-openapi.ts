import { z } from "zod";
import { OPERATIONS } from "@/lib/operations/all";
import { defineOperation, type Operation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";
import { describeApi } from "./describe-api";

let described: Record<string, unknown> | undefined;

export const getOpenApi: Operation = defineOperation({
  name: "getOpenApi",
  summary: "This description of the API.",
  method: "GET",
  path: "/api/openapi.json",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({}),
  output: z.record(z.string(), z.unknown()),
  version: () => "1",
  act: () => {
    described ??= describeApi([...OPERATIONS, getOpenApi]);
    return described;
  },
});
