"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SectionHead } from "@/components/ui/section";
import { formatCountOf } from "@/lib/domain/format";
import type { Rollout } from "./use-rollout";

const SUGGESTED = 3;

/** How a change to many goes forward: whom first, how fast, and when it stops by itself. Nothing where it is about one. */
export function RolloutFields({ rollout }: { rollout: Rollout }) {
  const { draft, units, tenants, tenantIds, problems } = rollout;
  if (units < 2) return null;
  const { first, tenantsPerMinute, stopAfterFailures } = draft.value;
  const some = tenantIds.slice(0, SUGGESTED);
  return (
    <section className="rollout" aria-labelledby="rollout">
      <SectionHead
        id="rollout"
        title="Rollout"
        note={`${tenants > 1 ? formatCountOf(tenants, "tenant") : formatCountOf(units, "part")}, each by itself`}
      />
      <Field
        label="These tenants first"
        mono
        spellCheck={false}
        autoCapitalize="off"
        placeholder="Everybody, in one go"
        value={first}
        problem={problems.first ?? null}
        hint={first.trim() === "" ? null : "After them it waits until you let the rest follow."}
        onChange={(event) => draft.set({ first: event.target.value })}
      />
      {first.trim() === "" && some.length > 0 && tenants > some.length ? (
        <p className="presets">
          <Button onClick={() => draft.set({ first: some.join(", ") })}>
            First <bdi>{some.join(", ")}</bdi>
          </Button>
        </p>
      ) : null}
      <div className="field-pair">
        <Field
          label="Tenants a minute, at most"
          inputMode="numeric"
          maxLength={6}
          placeholder="As fast as it goes"
          value={tenantsPerMinute}
          problem={problems.tenantsPerMinute ?? null}
          onChange={(event) => draft.set({ tenantsPerMinute: event.target.value })}
        />
        <Field
          label="Pause after failures"
          inputMode="numeric"
          maxLength={6}
          placeholder="Never"
          value={stopAfterFailures}
          problem={problems.stopAfterFailures ?? null}
          onChange={(event) => draft.set({ stopAfterFailures: event.target.value })}
        />
      </div>
    </section>
  );
}
