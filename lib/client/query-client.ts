import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { AppError } from "@/lib/domain/errors";
import { signedOut } from "./signed-out";

/** How often what the collector sweeps is asked for again. */
export const LIVE_MS = 15_000;
/** How often what changes by hand or slowly is asked for again. */
export const SLOW_MS = 60_000;

const RETRIES = 2;

/** What asks for its own sign-in says so by `meta: { enters: true }`. */
function noteSignedOut(error: Error, meta: Record<string, unknown> | undefined): void {
  if (error instanceof AppError && error.code === "unauthenticated" && meta?.enters !== true) signedOut.report(error.message);
}

/** One per browser tab. Only `unavailable` is worth asking again: every other failure would fail the same way. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => noteSignedOut(error, query.meta) }),
    mutationCache: new MutationCache({ onError: (error, _input, _result, mutation) => noteSignedOut(error, mutation.meta) }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: 5000,
        gcTime: 30 * 60_000,
        retry: (failures, error) => error instanceof AppError && error.code === "unavailable" && failures < RETRIES,
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
