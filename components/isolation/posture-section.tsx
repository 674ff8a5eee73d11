"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { Button, ButtonAnchor } from "@/components/ui/button";
import { EmptyState, Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { posture, postureCsvPath } from "@/lib/client/isolation";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import type { PostureView } from "@/lib/domain/views/posture";
import { CheckTable } from "./check-table";
import { FindingTable } from "./finding-table";
import { PostureHistoryList } from "./posture-history";

interface PostureSectionProps {
  scope: string | null;
  tenantId: string | null;
}

/** What is wrong by construction: findings worst first, every check with what it could not see, and what began and ended. */
export function PostureSection({ scope, tenantId }: PostureSectionProps) {
  const { data, error, refetch } = useQuery(posture(scope, tenantId));
  const [shown, setShown] = useState<"checks" | "history" | null>(null);
  const toggle = (what: "checks" | "history") => setShown(shown === what ? null : what);
  return (
    <section aria-labelledby="posture">
      <SectionHead
        id="posture"
        title="Posture"
        note={data === undefined ? null : <PostureNote view={data} />}
        actions={
          data === undefined ? null : (
            <>
              <Button kind="quiet" aria-expanded={shown === "checks"} onClick={() => toggle("checks")}>
                All checks, {data.checks.length}
              </Button>
              <Button kind="quiet" aria-expanded={shown === "history"} onClick={() => toggle("history")}>
                Opened and closed
              </Button>
              <ButtonAnchor
                kind="quiet"
                square
                href={postureCsvPath(scope, tenantId)}
                download="posture.csv"
                aria-label="Export findings as CSV"
                data-tip="Export CSV"
              >
                <Download aria-hidden />
              </ButtonAnchor>
            </>
          )
        }
      />
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          The findings could not be loaded: {error.message}
        </Notice>
      )}
      {data === undefined ? error === null ? <Skeleton height={160} /> : null : <Findings view={data} />}
      {data !== undefined && shown === "checks" ? <CheckTable view={data} /> : null}
      {shown === "history" ? <PostureHistoryList scope={scope} tenantId={tenantId} /> : null}
    </section>
  );
}

function PostureNote({ view: { counts, total, checkedAt } }: { view: PostureView }) {
  const acknowledged = counts.acknowledged > 0 ? `, ${formatCount(counts.acknowledged)} acknowledged` : "";
  return (
    <>
      {formatCountOf(total, "finding")}
      {acknowledged}
      {checkedAt === null ? ", not all checked yet" : ", checked "}
      {checkedAt === null ? null : <Time at={checkedAt} />}
    </>
  );
}

function Findings({ view }: { view: PostureView }) {
  if (view.findings.length > 0) return <FindingTable view={view} />;
  const unseen = view.checks.filter((check) => check.unseen.length > 0).length;
  return (
    <EmptyState title={view.checkedAt === null ? "Not checked yet" : "Nothing found"}>
      {unseen > 0
        ? `${formatCountOf(unseen, "check")} of ${view.checks.length} could not look at everything; which and why is under all checks.`
        : `All ${view.checks.length} checks looked at everything.`}
    </EmptyState>
  );
}
