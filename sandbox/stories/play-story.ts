import type { Session } from "@/sandbox/tenants/session";
import type { Story } from "./story";

/**
 * Plays a story until the session's signal and takes back what it left. What an earlier run left behind, which was killed, is taken back
 * before.
 *
 * @returns once everything is as it was
 */
export async function playStory(story: Story, session: Session, began: () => void): Promise<void> {
  await story.undo(session.sandbox);
  try {
    await story.play(session, began);
  } finally {
    await story.undo(session.sandbox);
  }
}
