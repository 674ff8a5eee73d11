"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { Button, ButtonAnchor, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { useCarry, useScope } from "@/lib/client/address";
import { conditionCsvPath } from "@/lib/client/conditions";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { Overview } from "@/lib/domain/views/overview";
import { AttentionList } from "./attention-list";

/** As many as can be taken in at a glance; two more are not worth a button. */
const FIRST = 8;
const ALL_UP_TO = 10;

/** What is so now and nobody has acknowledged, worst first; what is acknowledged stands behind a button. */
export function AttentionSection({ overview }: { overview: Overview }) {
  const { attention, attentionTotal, acknowledged, acknowledgedTotal } = overview;
  const [all, setAll] = useState(false);
  const [seen, setSeen] = useState(false);
  const [scope] = useScope();
  const carry = useCarry();
  const folds = attention.length > ALL_UP_TO;
  const shown = all || !folds ? attention : attention.slice(0, FIRST);
  const showsSeen = seen && acknowledgedTotal > 0;
  return (
    <section aria-labelledby="attention">
      <SectionHead
        id="attention"
        title="Needs attention now"
        note={formatCount(attentionTotal)}
        actions={
          <>
            <PostureLink posture={overview.posture} />
            {acknowledgedTotal > 0 ? (
              <Button kind="quiet" aria-expanded={seen} onClick={() => setSeen(!seen)}>
                Acknowledged {formatCount(acknowledgedTotal)}
              </Button>
            ) : null}
            <ButtonAnchor
              kind="quiet"
              square
              href={conditionCsvPath(scope)}
              download="conditions.csv"
              aria-label="Export conditions as CSV"
              data-tip="Export CSV"
            >
              <Download aria-hidden />
            </ButtonAnchor>
          </>
        }
      />
      {attentionTotal === 0 ? (
        <Nothing overview={overview} />
      ) : (
        <AttentionList conditions={shown} overview={overview} label="Needs attention now" />
      )}
      {folds || attentionTotal > attention.length ? (
        <div className="table-foot">
          {folds ? (
            <Button kind="quiet" onClick={() => setAll(!all)}>
              {all ? "Show the worst 8" : `Show ${attention.length - FIRST} more`}
            </Button>
          ) : null}
          {attentionTotal > shown.length ? (
            <span>
              {formatCount(shown.length)} of {formatCount(attentionTotal)}
            </span>
          ) : null}
          <ButtonLink kind="quiet" href={carry(paths.tenants({ view: "attention" }))}>
            Tenants that need attention
          </ButtonLink>
        </div>
      ) : null}
      {showsSeen ? <AttentionList conditions={acknowledged} overview={overview} label="Acknowledged" /> : null}
      {showsSeen && acknowledgedTotal > acknowledged.length ? (
        <p className="tone-muted">
          {formatCount(acknowledged.length)} of {formatCount(acknowledgedTotal)}; the file has all.
        </p>
      ) : null}
    </section>
  );
}

/** What is wrong by construction stands on a page of its own; here is only how much. */
function PostureLink({ posture: { danger, warn, info } }: Pick<Overview, "posture">) {
  const carry = useCarry();
  const total = danger + warn + info;
  if (total === 0) return null;
  return (
    <ButtonLink kind="quiet" href={carry(`${paths.isolation()}#posture`)}>
      Posture: {danger > 0 ? `${formatCount(danger)} serious, ` : ""}
      {formatCountOf(total, "finding")}
    </ButtonLink>
  );
}

function Nothing({ overview }: { overview: Overview }) {
  const { clusters, acknowledgedTotal } = overview;
  if (clusters.every(({ state }) => state === "starting")) {
    return (
      <EmptyState title="Nothing is known yet">
        The clusters are being read for the first time; what is wrong with them shows here.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing needs attention">
      {acknowledgedTotal > 0
        ? "Everything that is wrong has been acknowledged by somebody."
        : "No tenant is throttled, late or near a limit in what can be seen, and every cluster answers."}
    </EmptyState>
  );
}
