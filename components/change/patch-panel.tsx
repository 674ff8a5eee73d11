import { CopyButton } from "@/components/ui/copy-button";
import { SectionHead } from "@/components/ui/section";
import type { PlanView } from "@/lib/domain/change/plan";

/** Where somebody else manages the resources: what has to be put there. Nothing is applied from here. */
export function PatchPanel({ patch }: { patch: NonNullable<PlanView["patch"]> }) {
  return (
    <section className="patch">
      <SectionHead
        title={`To put into ${patch.by}`}
        actions={<CopyButton text={patch.text} what="what is to be put there" label="Copy" />}
      />
      <p className="tone-muted">
        <bdi>{patch.by}</bdi> manages these resources, so the console does not write to them: it would be undone there. Put this in its
        place; the console sees it once it is in force.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{patch.text}</pre>
    </section>
  );
}
