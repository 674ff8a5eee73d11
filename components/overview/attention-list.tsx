"use client";

import Link from "next/link";
import { Acknowledge, Acknowledged } from "@/components/tenancy/acknowledge";
import { Since } from "@/components/tenancy/since";
import { ToneIcon } from "@/components/ui/state";
import { useCarry } from "@/lib/client/address";
import { conditionPlace } from "@/lib/domain/conditions/place";
import { paths } from "@/lib/domain/paths";
import type { ConditionView } from "@/lib/domain/views/common";
import type { Overview } from "@/lib/domain/views/overview";

interface AttentionListProps {
  conditions: readonly ConditionView[];
  overview: Pick<Overview, "tenantNames" | "clusters">;
  label: string;
}

/** Whom a condition is about, with the address of its page. */
function whom(
  { tenantId, clusterId }: ConditionView,
  { tenantNames, clusters }: AttentionListProps["overview"],
): { name: string; href: string } | null {
  if (tenantId !== null) return { name: tenantNames[tenantId] ?? tenantId, href: paths.tenant(tenantId) };
  if (clusterId === null) return null;
  return { name: clusters.find(({ id }) => id === clusterId)?.name ?? clusterId, href: paths.cluster(clusterId) };
}

/** One line a condition: of whom, what, in which words, since when, and the way there. */
export function AttentionList({ conditions, overview, label }: AttentionListProps) {
  const carry = useCarry();
  return (
    <ul className="attention" aria-label={label}>
      {conditions.map((condition) => {
        const about = whom(condition, overview);
        const { href, word } = conditionPlace(condition);
        return (
          <li key={condition.id}>
            <span className="attention-what">
              <span className={`tone-${condition.severity}`}>
                <ToneIcon tone={condition.severity} />
              </span>
              <span>
                {about === null ? null : (
                  <>
                    <Link className="link" prefetch={false} href={carry(about.href)}>
                      <bdi>{about.name}</bdi>
                    </Link>
                    {": "}
                  </>
                )}
                {condition.label.charAt(0).toLowerCase() + condition.label.slice(1)}
              </span>
            </span>
            <span className="attention-words tone-muted">
              <bdi>{condition.sentence}</bdi>
              <Acknowledged condition={condition} about={about?.name ?? condition.subject} />
            </span>
            <span className="attention-since tone-muted">
              <Since at={condition.since} />
            </span>
            <span className="condition-ways">
              {condition.acknowledged === null ? <Acknowledge condition={condition} about={about?.name ?? condition.subject} /> : null}
              <Link className="link" prefetch={false} href={carry(href)}>
                {word} <span className="visually-hidden">of {about?.name ?? condition.subject}</span>
              </Link>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
