import type { KafkaClient } from "@aws-sdk/client-kafka";

type Usual = KafkaClient["config"]["retryStrategy"];
type Strategy = Extract<Awaited<ReturnType<Usual>>, { refreshRetryTokenForRetry: unknown }>;

/** The SDK's own repetition with its pauses, for throttled requests alone: those were not carried out, of any other that is not known. */
export function againWhenThrottled(usual: Usual): Strategy {
  let strategy: Strategy | null = null;
  return {
    async acquireInitialRetryToken(scope) {
      strategy ??= (await usual()) as Strategy;
      return strategy.acquireInitialRetryToken(scope);
    },
    async refreshRetryTokenForRetry(token, info) {
      if (strategy === null || info.errorType !== "THROTTLING") throw info.error;
      return strategy.refreshRetryTokenForRetry(token, info);
    },
    recordSuccess: (token) => strategy?.recordSuccess(token),
  };
}
