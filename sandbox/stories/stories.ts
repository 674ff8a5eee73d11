import { BROKER_DOWN } from "./broker-down";
import { DENIED_ACCESS } from "./denied-access";
import { HOT_KEY } from "./hot-key";
import { NOISY_NEIGHBOUR } from "./noisy-neighbour";
import { POOL_OVERUSE } from "./pool-overuse";
import { QUOTA_CHANGED_ELSEWHERE } from "./quota-changed-elsewhere";
import { REPLAY } from "./replay";
import type { Story } from "./story";
import { STUCK_CONSUMER } from "./stuck-consumer";

/** Every trouble that can be started on a running sandbox. */
export const STORIES: readonly Story[] = [
  NOISY_NEIGHBOUR,
  HOT_KEY,
  REPLAY,
  STUCK_CONSUMER,
  BROKER_DOWN,
  DENIED_ACCESS,
  QUOTA_CHANGED_ELSEWHERE,
  POOL_OVERUSE,
];

export function storyOf(name: string): Story {
  const found = STORIES.find((story) => story.name === name);
  if (found === undefined) throw new Error(`no story ${name}; there are ${STORIES.map((story) => story.name).join(", ")}`);
  return found;
}
