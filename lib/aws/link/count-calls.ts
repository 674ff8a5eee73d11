import type { fromTemporaryCredentials } from "@aws-sdk/credential-providers";

/** A piece of any client's way to the wire. */
export type Plugin = NonNullable<Parameters<typeof fromTemporaryCredentials>[0]["clientPlugins"]>[number];

/** Tells of every request a client sends. It stands after the SDK's own repetition, so that repeated requests count too. */
export function countCalls(count: (operation: string) => void): Plugin {
  return {
    applyToStack: (stack) =>
      stack.add(
        (next, context) => (args) => {
          count((context.commandName ?? "").replace(/Command$/, ""));
          return next(args);
        },
        { step: "finalizeRequest", priority: "low", name: "countCalls", override: true },
      ),
  };
}
