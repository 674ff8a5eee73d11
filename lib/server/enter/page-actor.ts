import type { ActorView } from "@/lib/domain/views/clusters";
import { actorView } from "@/lib/operations/status/actor-view";
import { running } from "@/lib/server/running";

/** Whom a page is drawn for; undefined: nobody who is signed in. What the page shows is asked for, and checked, by itself. */
export async function pageActor(headers: Headers): Promise<ActorView | undefined> {
  const { actorOf, enter } = await running();
  const actor = await actorOf({ headers });
  return actor.role === "nobody" || actor.role === "probe" ? undefined : actorView(actor, enter);
}
