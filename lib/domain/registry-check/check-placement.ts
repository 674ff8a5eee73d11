import type { LocatedIssue } from "@/lib/domain/issues";
import { refuseExpression } from "@/lib/domain/name-expression";
import type { NamePattern, Placement } from "@/lib/domain/placement";
import { unknownCluster } from "./unknown-cluster";

const DELIMITERS = [".", "_", "-", ":", "/", "|"];
/** Kafka's rule for topic names. */
const TOPIC_CHARACTERS = /^[a-zA-Z0-9._-]+$/;

/** What is wrong with one placement by itself. */
export function checkPlacement(placement: Placement, path: readonly PropertyKey[], clusterIds: ReadonlySet<string> | null): LocatedIssue[] {
  const issues: LocatedIssue[] = [];
  const { cluster, model, record, principals, reported } = placement;
  if (clusterIds !== null && !clusterIds.has(cluster)) {
    issues.push({ path: [...path, "cluster"], message: unknownCluster(cluster, clusterIds) });
  }
  if (model === "pool" && record === undefined) {
    const message = "a pool's records must name their tenant: give record: { header: … }, { key: true } or { payloadPath: $.… }";
    issues.push({ path: [...path, "record"], message });
  }
  if (model !== "pool" && reported !== undefined) {
    const message = "only a pool's application reports its tenants: elsewhere the brokers count a tenant by its clients and topics";
    issues.push({ path: [...path, "reported"], message });
  }
  const shares = principals.reduce((sum, { share }) => sum + (share ?? 0), 0);
  if (shares > 1 + 1e-9)
    issues.push({ path: [...path, "principals"], message: `the shares of the principals add up to ${shares}, more than 1` });
  for (const [at, pattern] of placement.topics.entries()) issues.push(...checkPattern(pattern, [...path, "topics", at], true));
  for (const [at, pattern] of placement.groups.entries()) issues.push(...checkPattern(pattern, [...path, "groups", at], false));
  return issues;
}

function checkPattern(pattern: NamePattern, path: PropertyKey[], isTopic: boolean): LocatedIssue[] {
  if ("expression" in pattern) {
    const refused = refuseExpression(pattern.expression);
    return refused === null ? [] : [{ path: [...path, "expression"], message: refused }];
  }
  if ("prefix" in pattern) {
    const { prefix } = pattern;
    if (!DELIMITERS.includes(prefix.at(-1) ?? "")) {
      const message = `"${prefix}" must end in a delimiter (${DELIMITERS.join(" ")}): it would also cover "${prefix}0${isTopic ? ".orders" : ""}"`;
      return [{ path: [...path, "prefix"], message }];
    }
    return isTopic ? checkCharacters(prefix, [...path, "prefix"]) : [];
  }
  return "name" in pattern && isTopic ? checkCharacters(pattern.name, [...path, "name"]) : [];
}

function checkCharacters(name: string, path: PropertyKey[]): LocatedIssue[] {
  return TOPIC_CHARACTERS.test(name) ? [] : [{ path, message: "topic names have letters, digits, dots, dashes and underscores only" }];
}
