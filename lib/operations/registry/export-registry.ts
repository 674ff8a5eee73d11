import { z } from "zod";
import { limitRegistry } from "@/lib/domain/people/limit-registry";
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
  limits: "within",
  audit: "export",
  input: z.strictObject({}),
  output: z.string(),
  answerType: "application/yaml; charset=utf-8",
  act: async ({ store, actor }) => {
    const registry = await readRegistry(store);
    const limits = actor.limits ?? null;
    return registryYaml(limits === null ? registry : limitRegistry(registry, limits));
  },
});
