import { FilterChip } from "@/components/ui/filter-chip";
import { Segments } from "@/components/ui/segments";

const SEGMENTS = [
  { value: "all", label: "All" },
  { value: "unowned", label: "Unowned" },
  { value: "shared", label: "Shared" },
];

/** Whose things are listed: everybody's, nobody's, shared ones, or one tenant's as a chip. */
export function OwnerFilter({ owner, onChange }: { owner: string; onChange: (owner: string) => void }) {
  const named = SEGMENTS.every(({ value }) => value !== owner);
  return (
    <>
      <Segments label="Owner" segments={SEGMENTS} value={owner} onChange={onChange} />
      {named ? <FilterChip text={`owner:${owner}`} onRemove={() => onChange("all")} /> : null}
    </>
  );
}
