import { X } from "lucide-react";

/** One term of a filter, with a button that takes it away. `problem` says why it cannot be understood. */
export function FilterChip({ text, problem, onRemove }: { text: string; problem?: string | null; onRemove: () => void }) {
  return (
    <span className={problem ? "filter-chip bad" : "filter-chip"} title={problem ?? text}>
      <bdi className="clip">{text}</bdi>
      <button type="button" aria-label={`Remove filter ${text}`} onClick={onRemove}>
        <X aria-hidden />
      </button>
    </span>
  );
}
