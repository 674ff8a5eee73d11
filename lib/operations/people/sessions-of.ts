import type { SessionView } from "@/lib/domain/views/people";
import type { Context } from "@/lib/operations/context";
import { listSessions } from "@/lib/store";

/** Where a person is signed in, the latest first. */
export async function sessionsOf({ store, now, enter, actor }: Context, personId: string): Promise<SessionView[]> {
  const sessions = await listSessions(store, personId, now(), enter.idleMs);
  return sessions.map(({ personId: _person, ...session }) => ({ ...session, own: session.id === actor.session?.id }));
}
