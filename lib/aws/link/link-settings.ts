/** How requests to one region are made. */
export interface LinkSettings {
  region: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Requests for one answer, the first one included; the SDK waits between them, longer each time and by chance. */
  maxAttempts: number;
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: true };
  /** Told of every request that is sent, repeated ones too. */
  count: (operation: string) => void;
}
