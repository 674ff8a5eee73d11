"use client";

import { Segments } from "@/components/ui/segments";
import type { TenantView } from "@/lib/client/tenants";
import { formatCount } from "@/lib/domain/format";
import type { TenantPage } from "@/lib/domain/views/tenants";
import { VIEW_WORDS } from "./tenant-address";

interface TenantViewsProps {
  view: TenantView;
  counts: TenantPage["counts"] | undefined;
  onChange: (view: TenantView) => void;
}

/** Saved filters with how many tenants each has; one that has none is left out, unless it is the one shown. */
export function TenantViews({ view, counts, onChange }: TenantViewsProps) {
  const views = Object.keys(VIEW_WORDS) as TenantView[];
  const shown = views.filter((each) => each === "all" || each === "attention" || each === view || (counts?.[each] ?? 0) > 0);
  const segments = shown.map((each) => ({
    value: each,
    label: counts === undefined ? VIEW_WORDS[each] : `${VIEW_WORDS[each]} ${formatCount(counts[each])}`,
  }));
  return <Segments label="Views" segments={segments} value={view} onChange={onChange} />;
}
