import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { aclLine, quoted, type TenantAcl } from "./tool-lines";

const NAMES = ["plain-name_1.x", "two words", "it's", "$(id)", "`id`", 'a"b', "*", "; rm -rf /", "ümlaut", "a\\b"];

describe("a word of a line", () => {
  it.each(NAMES)("comes out of a shell as it was: %s", (name) => {
    expect(execFileSync("/bin/sh", ["-c", `printf %s ${quoted(name)}`], { encoding: "utf8" })).toBe(name);
  });
});

describe("a line for a rule", () => {
  const acl: TenantAcl = {
    resourceType: "transactional-id",
    resourceName: "acme.",
    patternType: "prefixed",
    principal: "User:CN=acme,O=Acme Inc",
    host: "10.0.0.1",
    operation: "describe-configs",
    permission: "deny",
  };

  it("names everything that the rule does", () => {
    expect(aclLine("remove", acl)).toBe(
      `kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config admin.properties --remove --deny-principal 'User:CN=acme,O=Acme Inc' --deny-host 10.0.0.1 --operation DescribeConfigs --transactional-id acme. --resource-pattern-type prefixed`,
    );
  });
});
