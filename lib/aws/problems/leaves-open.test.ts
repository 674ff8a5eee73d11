import { expect, it } from "vitest";
import { leavesOpen } from "./leaves-open";

const answered = (name: string, status: number) => Object.assign(new Error("said"), { name, $metadata: { httpStatusCode: status } });
const network = (code: string) => Object.assign(new Error(code), { name: "Error", code });
const timedOut = (message: string) => Object.assign(new Error(message), { name: "TimeoutError" });

it.each([
  ["a refusal", answered("KafkaRequestException", 400), false],
  ["a refused sign-in", answered("ExpiredTokenException", 403), false],
  ["throttling", answered("TooManyRequestsException", 429), false],
  ["Kafka's silence towards MSK", answered("KafkaTimeoutException", 400), true],
  ["a controller that changes", answered("NotControllerException", 400), true],
  ["a failure of AWS", answered("InternalServerErrorException", 500), true],
  ["an answer that could not be read", answered("SyntaxError", 200), true],
  ["a closed port", network("ECONNREFUSED"), false],
  ["a name that does not resolve", network("ENOTFOUND"), false],
  ["a cut connection", network("ECONNRESET"), true],
  [
    "no connection in time",
    timedOut("the request socket did not establish a connection with the server within the configured timeout"),
    false,
  ],
  ["no answer in time", timedOut("the request did not complete within the configured timeout"), true],
  ["an end from outside", Object.assign(new Error("aborted"), { name: "AbortError" }), true],
])("after %s, whether a change stands is open: %#", (_what, error, open) => {
  expect(leavesOpen(error)).toBe(open);
});
