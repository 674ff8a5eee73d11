"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Building2, CircleQuestionMark, KeyRound, ListTree, type LucideIcon, Search, Server, Ticket, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { useDeferredValue, useEffect, useState } from "react";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { Clipped } from "@/components/ui/clipped";
import { Dialog } from "@/components/ui/dialog";
import { useCarry } from "@/lib/client/address";
import { search } from "@/lib/client/search";
import { askedAction } from "@/lib/domain/change/change-actions";
import { may, whyClosed } from "@/lib/domain/people/roles";
import type { SearchResult } from "@/lib/domain/views/clusters";
import { NAVIGATION } from "./navigation";
import { actionsOf, actionValue, PaletteActions } from "./palette-actions";
import { useActor } from "./use-actor";

type Hit = SearchResult["hits"][number];

const KIND_ICONS: Record<Hit["kind"], LucideIcon> = {
  ticket: Ticket,
  tenant: Building2,
  topic: ListTree,
  group: Users,
  principal: KeyRound,
  cluster: Server,
};
const KIND_HEADS: Record<Hit["kind"], string> = {
  ticket: "Tickets",
  tenant: "Tenants",
  topic: "Topics",
  group: "Consumer groups",
  principal: "Principals",
  cluster: "Clusters",
};

const hitValue = (hit: Hit): string => `${hit.kind} ${hit.href} ${hit.title}`;

function Hits({ hits, onFollow }: { hits: readonly Hit[]; onFollow: (href: string) => void }) {
  const kinds = [...new Set(hits.map((hit) => hit.kind))];
  return kinds.map((kind) => {
    const Icon = KIND_ICONS[kind];
    return (
      <Command.Group key={kind} heading={KIND_HEADS[kind]}>
        {hits
          .filter((hit) => hit.kind === kind)
          .map((hit) => (
            <Command.Item key={hitValue(hit)} value={hitValue(hit)} onSelect={() => onFollow(hit.href)}>
              <Icon aria-hidden />
              <Clipped text={hit.title} />
              <span className="end clip">{hit.subtitle}</span>
            </Command.Item>
          ))}
      </Command.Group>
    );
  });
}

/** Search over tenants, topics, groups, principals, clusters, pages and actions. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const [words, setWords] = useState("");
  const asked = useDeferredValue(words.trim());
  const router = useRouter();
  const carry = useCarry();
  const actor = useActor();
  const maySearch = actor !== undefined && may(actor.role, "tenants");
  const searched = (q: string) => ({ ...search(q), enabled: maySearch && q !== "" });
  const byName = useQuery(searched(asked));
  const named = asked === "" ? [] : (byName.data?.hits ?? []);
  // "brake kestrel" is nobody's name, though a ticket's words may hold one: then it is looked for who is meant.
  const isName = named.some(({ kind }) => kind !== "ticket");
  const action = !isName && !byName.isFetching ? askedAction(asked) : null;
  const byAction = useQuery(searched(action?.words ?? ""));
  const hits = action === null ? named : (byAction.data?.hits ?? []);
  const { error, isFetching } = action === null ? byName : byAction;
  const mayPlan = useMayPlan();
  const actions = mayPlan ? actionsOf(hits, action) : [];
  const pages = NAVIGATION.filter(
    ({ label, permission }) =>
      label.toLowerCase().includes(words.trim().toLowerCase()) && (actor === undefined || whyClosed(actor, permission) === null),
  );
  const [selected, setSelected] = useState("");
  const best = hits[0];
  const [firstAction] = action === null ? [] : actions;
  const first = firstAction !== undefined ? actionValue(firstAction) : best ? hitValue(best) : "";
  useEffect(() => setSelected(first), [first]);
  const follow = (href: string) => {
    onClose();
    router.push(carry(href));
  };
  const nothing = asked !== "" && !isFetching && !error && hits.length === 0 && pages.length === 0;
  return (
    <Dialog open onClose={onClose} title="Search" showTitle={false} className="dialog palette">
      <Command label="Search" shouldFilter={false} loop value={selected} onValueChange={setSelected}>
        <div className="palette-input">
          <Search aria-hidden />
          <Command.Input
            value={words}
            onValueChange={setWords}
            placeholder={maySearch ? "Tenant, topic, group, principal, cluster, page, or a line of a log" : "Page"}
            autoFocus
          />
        </div>
        <Command.List>
          {action === null ? null : <PaletteActions actions={actions} onFollow={follow} />}
          <Hits hits={hits} onFollow={follow} />
          {action === null ? <PaletteActions actions={actions} onFollow={follow} /> : null}
          {pages.length > 0 ? (
            <Command.Group heading="Pages">
              {pages.map((entry) => (
                <Command.Item key={entry.href} value={`page ${entry.href}`} onSelect={() => follow(entry.href)}>
                  <entry.icon aria-hidden />
                  {entry.label}
                  <span className="end">g {entry.key}</span>
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          {words.trim() === "" ? (
            <Command.Group heading="Help">
              <Command.Item value="help" onSelect={onHelp}>
                <CircleQuestionMark aria-hidden />
                Keys and marks
                <span className="end">?</span>
              </Command.Item>
            </Command.Group>
          ) : null}
        </Command.List>
        {nothing ? <p className="palette-note">Nothing has “{asked}” in its name.</p> : null}
        {error ? (
          <p className="palette-note tone-danger" role="alert">
            The search failed: {error.message}
          </p>
        ) : null}
      </Command>
    </Dialog>
  );
}
