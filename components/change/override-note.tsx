import { Time } from "@/components/ui/time";
import type { Override, OverrideSetting } from "@/lib/domain/override";
import { overrideValue } from "@/lib/domain/override-words";

/** The override of a setting that holds for the whole tenant, by whom and why. */
export function OverrideNote({ overrides, setting }: { overrides: readonly Override[]; setting: OverrideSetting }) {
  const override = overrides.find((one) => one.setting === setting && one.on === undefined);
  if (override === undefined) return null;
  return (
    <p className="tone-muted">
      <OverrideWords override={override} />
    </p>
  );
}

/** "7 days by ada, 12 Aug: “backfill of carrier scans”". */
export function OverrideWords({ override: { setting, value, author, at, reason, until, atEnd } }: { override: Override }) {
  return (
    <bdi>
      Override {overrideValue({ setting, value })} by {author}, <Time at={at} />: “{reason}”
      {until === undefined ? null : (
        <>
          , until <Time at={until} />
          {atEnd === "take-back" ? ", then taken back" : ""}
        </>
      )}
    </bdi>
  );
}
