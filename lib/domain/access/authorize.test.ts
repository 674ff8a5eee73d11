import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AclFact } from "@/lib/domain/facts";
import { indexAcls } from "./acl-index";
import { type AccessQuestion, type AuthorizerSettings, authorize } from "./authorize";

const CLOSED: AuthorizerSettings = { superUsers: new Set(["User:root"]), allowEveryone: false };
const OPEN: AuthorizerSettings = { ...CLOSED, allowEveryone: true };

/** "allow a read topic t1. prefixed from host": the fewest words that say a rule. */
function acl(text: string): AclFact {
  const [permission, user, operation, resourceType, resourceName, patternType = "literal", host = "*"] = text.split(" ");
  return { permission, principal: `User:${user}`, operation, resourceType, resourceName, patternType, host } as AclFact;
}
function asked(text: string): AccessQuestion {
  const [user, operation, resourceType, resourceName, host = "10.0.0.1"] = text.split(" ");
  return { principal: `User:${user}`, operation, resourceType, resourceName, host } as AccessQuestion;
}

/** Rules, question, answer; from Kafka's documentation and the source of its authorizer. */
const CASES: [rules: string[], question: string, allowed: boolean, settings?: AuthorizerSettings][] = [
  [["allow a read topic t"], "a read topic t", true],
  [["allow a read topic t"], "b read topic t", false],
  [["allow a read topic t"], "a read topic tt", false],
  [["allow a read topic t"], "a read group t", false],
  [["allow a read topic t prefixed"], "a read topic tt", true],
  [["allow a read topic t. prefixed"], "a read topic tt.x", false],
  [["allow a read topic tenant1 prefixed"], "a read topic tenant10.orders", true],
  [["allow a read topic tenant1. prefixed"], "a read topic tenant10.orders", false],
  [["allow a read topic *"], "a read topic anything", true],
  [["allow a read topic * prefixed"], "a read topic anything", false],
  [["allow a read topic * prefixed"], "a read topic *thing", true],
  [["allow * read topic t"], "a read topic t", true],
  [["allow a read topic t", "deny a read topic t"], "a read topic t", false],
  [["allow a read topic t", "deny * read topic *"], "a read topic t", false],
  [["allow a read topic *", "deny a read topic sec prefixed"], "a read topic secret", false],
  [["allow a read topic *", "deny a read topic sec prefixed"], "a read topic open", true],
  [["deny a read topic t", "allow a read topic t prefixed"], "a read topic t", false],
  [["allow a all topic t"], "a write topic t", true],
  [["allow a all topic t", "deny a write topic t"], "a write topic t", false],
  [["allow a all topic t", "deny a write topic t"], "a read topic t", true],
  [["deny a all topic t", "allow a read topic t"], "a read topic t", false],
  [["allow a read topic t"], "a describe topic t", true],
  [["allow a write topic t"], "a describe topic t", true],
  [["allow a delete topic t"], "a describe topic t", true],
  [["allow a alter topic t"], "a describe topic t", true],
  [["allow a create topic t"], "a describe topic t", false],
  [["allow a describe topic t"], "a read topic t", false],
  [["allow a alter-configs topic t"], "a describe-configs topic t", true],
  [["allow a alter-configs topic t"], "a describe topic t", false],
  [["allow a alter topic t"], "a describe-configs topic t", false],
  [["allow a describe topic t", "deny a read topic t"], "a describe topic t", true],
  [["allow a read topic t", "deny a describe topic t"], "a describe topic t", false],
  [["allow a read topic t", "deny a describe topic t"], "a read topic t", true],
  [["allow a read topic t literal 10.0.0.1"], "a read topic t 10.0.0.1", true],
  [["allow a read topic t literal 10.0.0.1"], "a read topic t 10.0.0.2", false],
  [["allow a read topic t", "deny a read topic t literal 10.0.0.2"], "a read topic t 10.0.0.1", true],
  [["allow a read topic t", "deny a read topic t literal 10.0.0.2"], "a read topic t 10.0.0.2", false],
  [[], "a read topic t", false],
  [[], "a read topic t", true, OPEN],
  [["allow b read topic t"], "a read topic t", false, OPEN],
  [["allow b read topic u"], "a read topic t", true, OPEN],
  [["allow b read topic *"], "a read topic t", false, OPEN],
  [["allow b read group *"], "a read topic t", true, OPEN],
  [["deny * all topic *"], "root read topic t", true],
  [[], "root write topic t", true],
];

describe("an access", () => {
  it.each(CASES)("under %j: %s is allowed: %s", (rules, question, allowed, settings = CLOSED) => {
    expect(authorize(indexAcls(rules.map(acl)), asked(question), settings).allowed).toBe(allowed);
  });

  it("names what decided", () => {
    const index = indexAcls(["allow a read topic t", "deny b read topic t"].map(acl));
    expect(authorize(index, asked("a read topic t"), CLOSED).by).toEqual(acl("allow a read topic t"));
    expect(authorize(index, asked("b read topic t"), CLOSED).by).toEqual(acl("deny b read topic t"));
    expect(authorize(index, asked("c read topic t"), CLOSED).by).toBe("no-rule-fits");
    expect(authorize(index, asked("c read topic u"), CLOSED).by).toBe("no-rule-for-resource");
    expect(authorize(index, asked("root read topic t"), CLOSED).by).toBe("super-user");
  });
});

const user = fc.constantFrom("a", "b", "*");
const name = fc.constantFrom("t", "t.", "t.x", "tt", "u", "*");
const operation = fc.constantFrom("read", "write", "describe", "all", "alter", "alter-configs", "describe-configs");
const rule = fc
  .tuple(fc.constantFrom("allow", "deny"), user, operation, name, fc.constantFrom("literal", "prefixed"), fc.constantFrom("*", "10.0.0.1"))
  .map(([permission, who, what, where, pattern, host]) => acl(`${permission} ${who} ${what} topic ${where} ${pattern} ${host}`));
const question = fc
  .tuple(fc.constantFrom("a", "b"), operation, fc.constantFrom("t", "t.x", "tt", "u"))
  .map(([who, what, where]) => asked(`${who} ${what} topic ${where}`));

describe("whatever the rules", () => {
  const isAllowed = (rules: readonly AclFact[], one: AccessQuestion) => authorize(indexAcls(rules), one, CLOSED).allowed;

  it("their order does not matter", () => {
    fc.assert(fc.property(fc.array(rule), question, (rules, one) => isAllowed(rules, one) === isAllowed(rules.toReversed(), one)));
  });

  it("a rule that denies never lets anybody in, and one that allows never shuts anybody out of a closed cluster", () => {
    fc.assert(
      fc.property(fc.array(rule), rule, question, (rules, more, one) => {
        const before = isAllowed(rules, one);
        const after = isAllowed([...rules, more], one);
        return more.permission === "deny" ? before || !after : !before || after;
      }),
    );
  });
});
