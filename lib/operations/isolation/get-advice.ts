import { z } from "zod";
import { adviceView } from "@/lib/domain/advisor/advice-view";
import { AdviceView } from "@/lib/domain/views/advice";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";

export const getAdvice = defineOperation({
  name: "getAdvice",
  summary:
    "Which isolation model fits needs such as `payments:key,forget=7d;clicks:replay` (`none`: no needs), or a tenant's own, with the reasons.",
  method: "GET",
  path: "/api/isolation/advice",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ needs: z.string().max(2000).exactOptional(), tenant: Id.exactOptional() }),
  output: AdviceView,
  version: (context) => context.fleet().version,
  act: (context, { needs, tenant }) => {
    const fleet = context.fleet();
    if (tenant !== undefined) findTenant(fleet, tenant);
    return adviceView(fleet, needs === undefined ? null : needs === "none" ? "" : needs, tenant ?? null);
  },
});
