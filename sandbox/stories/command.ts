import type { Sandbox } from "@/sandbox/kafka/topology";
import { playStory } from "./play-story";
import { STORIES, storyOf } from "./stories";

export const STORY_USAGE = STORIES.map(({ name, tells }) => `  story ${name.padEnd(24)} ${tells}`).join("\n");

/**
 * `story NAME` plays a story until SIGINT or SIGTERM and takes it back; `story undo NAME` takes back what one left that was killed.
 */
export async function storyCommand(sandbox: Sandbox, [name, which]: string[]): Promise<void> {
  if (name === "undo") return storyOf(which ?? "").undo(sandbox);
  const story = storyOf(name ?? "");
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  let isTold = false;
  await playStory(story, { sandbox, signal: stop.signal }, () => {
    if (isTold) return;
    isTold = true;
    console.log(`${new Date().toISOString()} began: ${story.tells}\nCtrl-C ends it.`);
  });
  console.log(`${new Date().toISOString()} taken back`);
  // A client that is held back would keep the process for as long as it is.
  process.exit(0);
}
