import { expect, it } from "vitest";
import { parseProperties } from "./parse-properties";

it("reads Java properties as MSK keeps them", () => {
  const text = [
    "# a comment",
    "! another",
    "",
    "auto.create.topics.enable=false",
    "  log.retention.hours = 168  ",
    "message.max.bytes: 2097152",
    "empty=",
    "alone",
    "listener.name.client\\:x=a=b",
    "principal.rules=RULE:^CN=(.*?)$/$1/,\\",
    "    DEFAULT",
    "path=c:\\\\dir\\u0041",
    "",
  ].join("\r\n");
  expect(parseProperties(text)).toEqual({
    "auto.create.topics.enable": "false",
    "log.retention.hours": "168",
    "message.max.bytes": "2097152",
    empty: "",
    alone: "",
    "listener.name.client:x": "a=b",
    "principal.rules": "RULE:^CN=(.*?)$/$1/,DEFAULT",
    path: "c:\\dirA",
  });
});
