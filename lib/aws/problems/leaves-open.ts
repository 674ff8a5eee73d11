import { errorFields } from "./error-fields";

/** The connection was never made, so nothing went out. */
const NEVER_SENT = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"]);

/** Refusals by which MSK says that it does not know itself what Kafka did. */
const UNDECIDED = new Set(["KafkaTimeoutException", "ClusterConnectivityException", "ControllerMovedException", "NotControllerException"]);

/** Whether a change may stand although its request ended in this error. */
export function leavesOpen(error: unknown): boolean {
  const { names, status, networkCodes } = errorFields(error);
  if (status !== null) return status < 400 || status >= 500 || names.some((name) => UNDECIDED.has(name));
  const notConnected = networkCodes.some((code) => NEVER_SENT.has(code)) || neverConnected(error);
  return !notConnected;
}

/** The SDK tells a connection that was not made in time from an answer that did not come only in its sentence. */
function neverConnected(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError" && error.message.includes("did not establish a connection");
}
