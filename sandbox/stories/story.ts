import type { Sandbox } from "@/sandbox/kafka/topology";
import type { Session } from "@/sandbox/tenants/session";

/** Trouble that begins and ends on a sandbox whose brokers and tenants run. */
export interface Story {
  /** As the command line names it. */
  name: string;
  /** What happens, and to whom. */
  tells: string;
  /** Makes the trouble until the session's signal; calls `began` once it is in effect. Rejects when it could not be begun. */
  play: (session: Session, began: () => void) => Promise<void>;
  /** Takes back what the trouble leaves on the brokers. May be repeated, and without anything to take back. */
  undo: (sandbox: Sandbox) => Promise<void>;
}
