import type { Finding } from "@/lib/domain/conditions/condition";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Steps } from "@/lib/domain/steps";
import { accessFindings } from "./access-findings";
import { deniedFindings } from "./denied-findings";
import { durabilityFindings } from "./durability-findings";
import { erasureFindings } from "./erasure-findings";
import { fairnessFindings } from "./fairness-findings";
import { unfitFindings } from "./model-findings";
import { namingFindings, nestedIds } from "./naming-findings";
import { parallelismFindings } from "./parallelism-findings";
import { partitioningFindings } from "./partitioning-findings";
import type { ClusterPosture, PostureInput, Report } from "./posture";
import { POSTURE_RULES } from "./rules";
import { securityFindings } from "./security-findings";
import { sharedIdentityFindings } from "./shared-identity-findings";

/** All checks of one cluster, in slices of a few milliseconds. What has not been read is named, never passed as well. */
export function* clusterPostureSteps(input: PostureInput, at: string): Steps<ClusterPosture> {
  const findings: Finding[] = [];
  const unseen: ClusterPosture["unseen"] = {};
  const partly: ClusterPosture["partly"] = {};
  const { clusterId } = input.cluster;
  const report: Report = {
    find: (finding) => findings.push({ ...finding, clusterId }),
    cannotSee: (rules, reason) => {
      for (const rule of rules) unseen[rule] ??= reason;
    },
    seesPartly: (rules, reason) => {
      for (const rule of rules) partly[rule] ??= reason;
    },
  };
  if (input.cluster.metadata === null) {
    report.cannotSee(POSTURE_RULES, "This cluster has not been read yet.");
    return { at, findings, unseen, partly };
  }
  yield* accessFindings(input, report);
  yield;
  yield* deniedFindings(input, report);
  yield;
  yield* sharedIdentityFindings(input, report);
  yield;
  yield* erasureFindings(input, report);
  yield;
  yield* fairnessFindings(input, report);
  yield;
  yield* durabilityFindings(input, report);
  yield;
  securityFindings(input, report);
  yield;
  parallelismFindings(input, report);
  yield;
  partitioningFindings(input, report);
  namingFindings(input, report);
  return { at, findings, unseen, partly };
}

/** The checks that are about no cluster in particular. */
export function* fleetPostureSteps(fleet: FleetSnapshot, at: string): Steps<ClusterPosture> {
  const nested = nestedIds([...fleet.tenants.keys()]);
  yield;
  const unfit = yield* unfitFindings(fleet);
  return { at, findings: nested === null ? unfit : [nested, ...unfit], unseen: {}, partly: {} };
}
