import { setTimeout as delay } from "node:timers/promises";
import type { Session } from "@/sandbox/tenants/session";
import type { Story } from "./story";
import { untilAborted } from "./until-aborted";

/** Clients that the brokers hold back do not end before they are let go, which may take hours. */
const LEAVE_WITHIN_MS = 8_000;

/**
 * Plays a story until the session's signal and takes back what it left. What an earlier run left behind, which was killed, is taken back
 * before.
 *
 * @returns once everything is as it was on the brokers; clients that are held back may still hang on, and end with the process
 */
export async function playStory(story: Story, session: Session, began: () => void): Promise<void> {
  await story.undo(session.sandbox);
  try {
    const left = untilAborted(session.signal).then(() => delay(LEAVE_WITHIN_MS));
    await Promise.race([story.play(session, began), left]);
  } finally {
    await story.undo(session.sandbox);
  }
}
