import type { QuotaEntity } from "@/lib/domain/facts";

/** Names a quota's entity exactly: an absent part is another than the default entity, and that another than a name. */
export function entityKey({ user, clientId, ip }: QuotaEntity): string {
  return [user, clientId, ip].map((name) => (name === undefined ? "-" : JSON.stringify(name))).join("|");
}
