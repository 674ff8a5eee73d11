"use client";

import Link from "next/link";
import { State } from "@/components/ui/state";
import { useCarry } from "@/lib/client/address";
import { conditionPlace } from "@/lib/domain/conditions/place";
import { paths } from "@/lib/domain/paths";
import type { ConditionView } from "@/lib/domain/views/common";
import { Acknowledge, Acknowledged } from "./acknowledge";
import { Since } from "./since";

interface ConditionListProps {
  conditions: readonly ConditionView[];
  /** The page they are shown on: what leads there needs no link. */
  here: string;
  /** Names by id, where the conditions are of several tenants: each line then begins with whom it is about. */
  tenantNames?: Readonly<Record<string, string>>;
}

/** What needs to be known, worst first, each with its sentence, since when it is so, and who has seen it. */
export function ConditionList({ conditions, here, tenantNames }: ConditionListProps) {
  const carry = useCarry();
  return (
    <ul className="conditions">
      {conditions.map((condition) => {
        const { href, word } = conditionPlace(condition);
        const { tenantId, subject } = condition;
        const whom = tenantNames === undefined || tenantId === null ? null : { tenantId, name: tenantNames[tenantId] ?? tenantId };
        const about = whom === null ? subject : `${subject} of ${whom.name}`;
        return (
          <li key={condition.id}>
            <State tone={condition.severity}>{condition.label}</State>
            <span className="condition-sentence">
              {whom === null || condition.sentence.startsWith(`${whom.name} `) ? null : (
                <>
                  <Link className="link" prefetch={false} href={carry(paths.tenant(whom.tenantId))}>
                    <bdi>{whom.name}</bdi>
                  </Link>
                  {": "}
                </>
              )}
              <bdi>{condition.sentence}</bdi>
              <Acknowledged condition={condition} about={about} />
            </span>
            <span className="condition-since tone-muted">
              <Since at={condition.since} />
            </span>
            <span className="condition-ways">
              {condition.acknowledged === null ? <Acknowledge condition={condition} about={about} /> : null}
              {href === here ? null : (
                <Link className="link" prefetch={false} href={carry(href)}>
                  {word}
                </Link>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
