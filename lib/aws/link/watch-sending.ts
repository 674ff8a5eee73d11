import { leavesOpen } from "@/lib/aws/problems/leaves-open";
import type { Plugin } from "./count-calls";

/** Whether a change may have been carried out, as far as can be told from here. */
export interface Watch {
  plugin: Plugin;
  /** false: it did not go out, or AWS said that it does not do it. */
  mayStand: () => boolean;
}

/** Watches one command between the SDK's repetition and the wire: what the last request came to counts, as only throttled ones are repeated. */
export function watchSending(): Watch {
  let mayStand = false;
  return {
    mayStand: () => mayStand,
    plugin: {
      applyToStack: (stack) =>
        stack.add(
          (next) => async (args) => {
            mayStand = true;
            try {
              return await next(args);
            } catch (error) {
              mayStand = leavesOpen(error);
              throw error;
            }
          },
          { step: "finalizeRequest", priority: "low", name: "watchSending" },
        ),
    },
  };
}
