/** Why the server wants a sign-in, while the page stays as it is; null: it does not. */
let reason: string | null = null;
const listeners = new Set<() => void>();

function set(next: string | null): void {
  if (reason === next) return;
  reason = next;
  for (const listener of listeners) listener();
}

/** The session of this browser as its answers tell: what is on the page, and what was typed, outlives it. */
export const signedOut = {
  current: (): string | null => reason,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** An answer said that nobody is signed in, or not lately enough. */
  report: (message: string): void => set(message),
  over: (): void => set(null),
};
