import { correctMonth } from "@/lib/operations/months/correct-month";
import { listTenantMonths } from "@/lib/operations/months/list-tenant-months";
import { route } from "@/lib/server/route";

export const GET = route(listTenantMonths);

export const POST = route(correctMonth);
