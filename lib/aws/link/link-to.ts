import type { AwsIdentity } from "@/lib/domain/connection";
import type { LinkSettings } from "./link-settings";

/** The way to AWS as one identity in one region, by these clients. */
export interface Link<Clients> {
  readonly region: string;
  /** Who asks, for people: the role's ARN, or "the console's role". */
  readonly principal: string;
  readonly now: () => number;
  /** A reading that takes longer is given up. */
  readonly deadlineMs: number;
  /** Ends every reading, as when the console stops. */
  readonly closed: AbortSignal;
  clients: () => Clients;
  /** Forgets the credentials, so that the next reading finds renewed ones. */
  renew: () => void;
  close: () => void;
}

/** At most this often are credentials looked for anew: a wrong role would otherwise be tried with every reading. */
const RENEWAL_GAP_MS = 10_000;

/** Clients are made with the first reading. */
export function linkTo<Clients extends object>(
  identity: AwsIdentity,
  settings: LinkSettings,
  deadlineMs: number,
  makeClients: () => Clients & Record<keyof Clients, { destroy: () => void }>,
): Link<Clients> {
  const closing = new AbortController();
  let clients: ReturnType<typeof makeClients> | null = null;
  let renewedMs = Number.NEGATIVE_INFINITY;

  return {
    region: settings.region,
    principal: identity.roleArn ?? "the console's role",
    now: settings.now,
    deadlineMs,
    closed: closing.signal,
    clients: () => {
      clients ??= makeClients();
      return clients;
    },
    renew() {
      if (settings.now() - renewedMs < RENEWAL_GAP_MS) return;
      renewedMs = settings.now();
      // Not destroyed: other readings may be under way with them; their idle sockets end by themselves.
      clients = null;
    },
    close() {
      closing.abort();
      for (const client of Object.values<{ destroy: () => void }>(clients ?? {})) client.destroy();
    },
  };
}
