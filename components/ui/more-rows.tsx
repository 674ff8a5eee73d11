"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/domain/format";

const AHEAD_PX = 900;

interface MoreRowsProps {
  shown: number;
  total: number;
  loading: boolean;
  error: string | null;
  onMore: () => void;
}

/** The end of a list that has more: it asks for the next page when it comes near the window, or when pressed. */
export function MoreRows({ shown, total, loading, error, onMore }: MoreRowsProps) {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  useEffect(() => {
    latest.current = onMore;
  });
  const waits = !loading && error === null;
  useEffect(() => {
    const element = end.current;
    if (!element || !waits) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && latest.current(), {
      rootMargin: `${AHEAD_PX}px`,
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [waits]);
  return (
    <div className="table-foot" ref={end}>
      <span>
        {formatCount(shown)} of {formatCount(total)}
      </span>
      <Button onClick={onMore} disabled={loading}>
        {loading ? "Loading" : "Show 100 more"}
      </Button>
      {error === null ? null : (
        <span className="tone-danger" role="alert">
          The next page did not come: {error}
        </span>
      )}
    </div>
  );
}
