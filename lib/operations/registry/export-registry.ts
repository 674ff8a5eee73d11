import { z } from "zod";
import { defineOperation } from "@/lib/operations/define";
import { SUPPORT } from "@/lib/operations/roles";
import { readRegistry } from "@/lib/store";
import { registryYaml } from "./registry-yaml";

export const exportRegistry = defineOperation({
  name: "exportRegistry",
  summary: "Tiers, tenants with their overrides, and services as they are declared now, as the YAML that an import reads.",
  method: "GET",
  path: "/api/registry.yaml",
  roles: SUPPORT,
  audit: "export",
  input: z.strictObject({}),
  output: z.string(),
  answerType: "application/yaml; charset=utf-8",
  act: async (context) => registryYaml(await readRegistry(context.store)),
});
