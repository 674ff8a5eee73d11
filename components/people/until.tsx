import { formatUtc } from "@/components/ui/time";

const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

/** A day that may be a year ahead. Only for what is loaded in the browser. */
export function Until({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatUtc(Date.parse(at))}>
      {DAY.format(Date.parse(at))}
    </time>
  );
}
