import { importRegistry } from "@/lib/operations/registry/import-registry";
import { route } from "@/lib/server/route";

export const POST = route(importRegistry);
