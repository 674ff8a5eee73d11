"use client";

import { Command } from "cmdk";
import { PencilLine } from "lucide-react";
import { Clipped } from "@/components/ui/clipped";
import type { AskedAction, ChangeAction } from "@/lib/domain/change/change-actions";
import type { SearchResult } from "@/lib/domain/views/clusters";

type Hit = SearchResult["hits"][number];

/** What can be changed of the tenant and of the topic that fit best; where something is asked for, that alone. */
export function actionsOf(hits: readonly Hit[], asked: AskedAction | null): ChangeAction[] {
  const [tenant, topic] = (["tenant", "topic"] as const).map((kind) => hits.find((hit) => hit.kind === kind));
  const all = [...(tenant?.actions ?? []), ...(topic?.actions ?? [])];
  return asked === null ? all : all.filter(({ label }) => label.toLowerCase().includes(asked.what));
}

export function actionValue({ href }: ChangeAction): string {
  return `action ${href}`;
}

export function PaletteActions({ actions, onFollow }: { actions: readonly ChangeAction[]; onFollow: (href: string) => void }) {
  if (actions.length === 0) return null;
  return (
    <Command.Group heading="Change">
      {actions.map((action) => (
        <Command.Item key={action.href} value={actionValue(action)} onSelect={() => onFollow(action.href)}>
          <PencilLine aria-hidden />
          <Clipped text={action.label} />
        </Command.Item>
      ))}
    </Command.Group>
  );
}
