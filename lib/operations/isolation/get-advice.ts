import { z } from "zod";
import { adviceMarkdown } from "@/lib/domain/advisor/advice-markdown";
import { adviceView } from "@/lib/domain/advisor/advice-view";
import { paths } from "@/lib/domain/paths";
import { AdviceView } from "@/lib/domain/views/advice";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";

const Query = z.strictObject({ needs: z.string().max(2000).exactOptional(), tenant: Id.exactOptional() });
type Query = z.output<typeof Query>;

export const getAdvice = defineOperation({
  name: "getAdvice",
  summary:
    "Which isolation model fits needs such as `payments:key,forget=7d;clicks:replay` (`none`: no needs), or a tenant's own, with the reasons.",
  method: "GET",
  path: "/api/isolation/advice",
  roles: SUPPORT,
  limits: "within",
  echoes: true,
  input: Query,
  output: AdviceView,
  version: (context) => context.fleet().version,
  markdown: {
    internal: (context, query) => {
      // Of a page's address no needs are an empty text.
      const { needs, ...rest } = query;
      const page = paths.isolation({ ...rest, ...(needs === undefined ? {} : { needs: needs === "none" ? "" : needs }) });
      const address = `${context.enter.origin}${page}`;
      return { filename: "isolation-advice", text: adviceMarkdown(adviceOf(context, query), address) };
    },
  },
  act: adviceOf,
});

function adviceOf(context: Context, { needs, tenant }: Query): AdviceView {
  const fleet = context.fleet();
  if (tenant !== undefined) findTenant(fleet, tenant);
  return adviceView(fleet, needs === undefined ? null : needs === "none" ? "" : needs, tenant ?? null);
}
