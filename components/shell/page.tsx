import type { ReactNode } from "react";
import type { Part } from "@/lib/domain/snapshot";
import { type Crumb, Crumbs } from "./crumbs";
import { Freshness } from "./freshness";
import { MenuButton } from "./menu-button";
import { RangeSelect } from "./range-select";
import { ScopeSelect } from "./scope-select";
import { SearchButton } from "./search-button";

interface PageProps {
  crumbs: readonly Crumb[];
  /** The parts of the clusters this page shows; the top bar names the oldest of them. None: the page shows nothing observed. */
  parts?: readonly Part[];
  /** The one cluster this page is about; the scope cannot be chosen then. */
  clusterId?: string;
  children: ReactNode;
}

/** What most pages stand on; the slow parts (configurations, ACLs) only count where a page shows them. */
const LIVE_PARTS: readonly Part[] = ["metadata", "offsets", "logs", "exporter", "quotas"];

/** A page's frame: the top bar and the ground its content stands on. */
export function Page({ crumbs, parts = LIVE_PARTS, clusterId, children }: PageProps) {
  return (
    <>
      <header className="top">
        <MenuButton />
        <Crumbs crumbs={crumbs} />
        {clusterId === undefined ? <ScopeSelect /> : null}
        <RangeSelect />
        {parts.length === 0 ? null : <Freshness parts={parts} {...(clusterId === undefined ? {} : { clusterId })} />}
        <SearchButton />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
