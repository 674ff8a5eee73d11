import { paths } from "@/lib/domain/paths";

/** Something that can be changed of a thing that was found. */
export interface ChangeAction {
  label: string;
  /** Path inside the console, ready to link. */
  href: string;
}

export function tenantActions(tenantId: string, name: string): ChangeAction[] {
  return [
    { label: `Change retention of ${name}`, href: paths.changeTenant(tenantId, "retention") },
    { label: `Change message size of ${name}`, href: paths.changeTenant(tenantId, "message-size") },
    { label: `Set quota of ${name}`, href: paths.changeTenant(tenantId, "quota") },
    { label: `Change tier of ${name}`, href: paths.changeTenant(tenantId, "tier") },
    { label: `Brake ${name}`, href: paths.brakeTenant(tenantId) },
  ];
}

export function topicActions(clusterId: string, topic: string): ChangeAction[] {
  return [
    { label: `Change retention of ${topic}`, href: paths.changeTopic(clusterId, topic, "retention") },
    { label: `Change message size of ${topic}`, href: paths.changeTopic(clusterId, topic, "message-size") },
    { label: `Add partitions to ${topic}`, href: paths.changeTopic(clusterId, topic, "partitions") },
  ];
}

/** What is to be done, and to whom: "brake kestrel", "change retention of acme.orders". */
const ASKED = /^(?:(?:change|set|add)\s+)?(?:(retention|message size|quota|tier|partitions|brake)\s+)(?:of\s+|to\s+)?(\S.*)$/i;

export interface AskedAction {
  /** A word of the actions that are meant. */
  what: string;
  /** Whom to look for. */
  words: string;
}

/** null: these are the words of a name alone. */
export function askedAction(text: string): AskedAction | null {
  const [, what, words] = ASKED.exec(text.trim()) ?? [];
  return what === undefined || words === undefined ? null : { what: what.toLowerCase(), words };
}
