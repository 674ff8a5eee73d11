import { isAppError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { noteClientAddresses } from "./enter/client-address";
import { firstOperatorLink } from "./enter/first-operator";
import { log } from "./log";
import { acceptLoopbackOnly } from "./loopback-only";
import { running } from "./running";

const CLOSE_DEADLINE_MS = 9_000;

/**
 * Starts the console with the server process and ends it with the process. A console that cannot start (wrong settings, a folder that
 * belongs to another process, a database that does not answer) says why and ends, so that a supervisor sees it.
 */
export async function startServer(): Promise<void> {
  endOnSignals();
  try {
    const settings = env().enter;
    if (settings.baseUrl === null) acceptLoopbackOnly();
    noteClientAddresses();
    const { enter, store } = await running();
    log().info("the console is ready");
    const link = await firstOperatorLink(enter, store, new Date());
    if (link !== null) tellFirstOperator(link);
  } catch (error) {
    console.error(isAppError(error) || isSettingsError(error) ? `The console cannot start. ${error.message}` : error);
    process.exit(1);
  }
}

/** On standard error, beside the logs that somebody else may collect. */
function tellFirstOperator(link: string): void {
  console.error(`Nobody can sign in yet. This link makes the first operator; it works once, for a day:\n  ${link}`);
}

function isSettingsError(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith("Settings that cannot be used");
}

/** Next leaves signals to us when NEXT_MANUAL_SIG_HANDLE is set; a second signal does not wait. */
function endOnSignals(): void {
  let ending = false;
  const end = (signal: NodeJS.Signals): void => {
    if (ending) process.exit(1);
    ending = true;
    void endWithin(signal);
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

async function endWithin(signal: NodeJS.Signals): Promise<void> {
  const deadline = setTimeout(() => {
    console.error(`The console did not end within ${CLOSE_DEADLINE_MS} ms of ${signal}.`);
    process.exit(1);
  }, CLOSE_DEADLINE_MS);
  try {
    await (await running()).close();
  } catch (error) {
    console.error(error);
  }
  clearTimeout(deadline);
  process.exit(0);
}
