import { exportRegistry } from "@/lib/operations/registry/export-registry";
import { route } from "@/lib/server/route";

export const GET = route(exportRegistry);
