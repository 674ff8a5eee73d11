"use client";

import { useQuery } from "@tanstack/react-query";
import { openChangeCount } from "@/lib/client/open-changes";
import { formatCount } from "@/lib/domain/format";

/** How many changes are under way; nothing where there is none. */
export function OpenChanges() {
  const { data: count = 0 } = useQuery(openChangeCount());
  return count === 0 ? null : (
    <span className="count" title={`${formatCount(count)} under way`}>
      {formatCount(count)}
      <span className="visually-hidden"> under way</span>
    </span>
  );
}
