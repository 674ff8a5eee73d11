"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { PageTitle } from "@/components/ui/page-title";
import { paths } from "@/lib/domain/paths";
import { homeOf, whyClosed } from "@/lib/domain/people/roles";
import { permissionOf } from "./navigation";
import { Page } from "./page";
import { useActor } from "./use-actor";

/** In the place of a page that the role does not reach: why, and where to go. The server refuses its data all the same. */
export function RoleGate({ children }: { children: ReactNode }) {
  const permission = permissionOf(usePathname());
  const actor = useActor();
  const why = actor === undefined || permission === null ? null : whyClosed(actor, permission);
  if (why === null) return children;
  return (
    <Page crumbs={[{ label: "Not for this role" }]} parts={[]}>
      <PageTitle
        title="This page is not for your role"
        sentence={why}
        actions={<ButtonLink href={actor === undefined ? paths.tiers() : homeOf(actor.role)}>First page</ButtonLink>}
      />
    </Page>
  );
}
