/** A place that will be filled; invisible for the first 150 ms, so that quick answers do not flash. */
export function Skeleton({ width = "100%", height = 12 }: { width?: number | string; height?: number }) {
  return <span className="skeleton" style={{ width, height }} aria-hidden />;
}

/** What a slow page is waiting for, shown after four seconds. */
export function WaitingFor({ what }: { what: string }) {
  return (
    <p className="after-a-while tone-muted" role="status">
      Still waiting for {what}.
    </p>
  );
}
