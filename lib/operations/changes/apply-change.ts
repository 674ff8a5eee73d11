import { z } from "zod";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import { isOwnKey } from "@/lib/domain/change/own-keys";
import type { Plan } from "@/lib/domain/change/plan";
import { type ChangeRequest, ChangeRequest as Request, RolloutOptions } from "@/lib/domain/change/request";
import { AppError } from "@/lib/domain/errors";
import { ChangeDetail } from "@/lib/domain/views/changes";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { requireRecentSignIn } from "@/lib/operations/require-allowed";
import { OPERATOR } from "@/lib/operations/roles";
import { readChangeByKey, type StoredChange } from "@/lib/store";
import { changeDetail } from "./change-detail";
import { checkRollout } from "./check-rollout";
import { decide } from "./decide";
import { fingerprintOf } from "./fingerprint";
import { gatherFacts } from "./gather-facts";
import { findFacts } from "./kept-facts";
import { moved } from "./moved";
import { requireNamed } from "./require-named";
import { requireChangeWithin, requireReach } from "./require-reach";
import { storePlan } from "./store-plan";

/** A change of a few values is done in less; a rollout is answered as it stands. */
const WAIT_MS = 5_000;
/** What ends trouble must not wait for a password. */
const UNHURRIED: ReadonlySet<ChangeRequest["kind"]> = new Set(["revert", "brake", "brake-release"]);

export const applyChange = defineOperation({
  name: "applyChange",
  summary:
    "Carries a plan out. What is written is read again just before; where a value differs from the plan's, nothing is changed (412, with the differences). The same `idempotencyKey` never does it twice. Answers after some seconds at the latest with the change as it stands then.",
  method: "POST",
  path: "/api/changes",
  roles: OPERATOR,
  limits: "within",
  bodyBytesMax: 2 * 1024 * 1024,
  about: ({ request }) => requestSubject(request),
  input: z.strictObject({
    request: Request,
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/, "must be the fingerprint of a plan"),
    /** Facts of the plan, to tell what has moved. */
    factsId: z.uuid().exactOptional(),
    reason: z.string().trim().max(500).default(""),
    /** The name that the plan asks to be typed. */
    typed: z.string().max(300).exactOptional(),
    idempotencyKey: z
      .string()
      .min(8)
      .max(200)
      .refine((key) => !isOwnKey(key), "is kept for what the console asks for by itself; take another"),
    rollout: RolloutOptions.exactOptional(),
  }),
  output: ChangeDetail,
  act: async (context, { request, fingerprint, factsId, reason, typed, idempotencyKey, rollout }) => {
    const known = await readChangeByKey(context.store, idempotencyKey);
    if (known !== null) requireChangeWithin(context, known);
    if (known !== null) return sameChange(context, known, { request, fingerprint });
    requireNamed(context, request);
    const { facts } = await gatherFacts(context, request);
    const plan = await decide(context, request, facts, reason);
    requireReach(context, request, plan.operations);
    if (plan.confirm.typeName !== null && !UNHURRIED.has(request.kind)) requireRecentSignIn(context);
    refuse(plan);
    if ((await fingerprintOf(plan)) !== fingerprint) throw await movedError(context, plan, request, factsId, reason);
    requireConfirmation(plan, reason, typed);
    checkRollout(plan, rollout);
    const submission = { reason, idempotencyKey, ...(rollout === undefined ? {} : { rollout }) };
    const change = await storePlan(context, plan, facts, submission);
    await context.changes.settled(change.id, WAIT_MS);
    return changeDetail(context, change.id);
  },
});

/** For the audit: the kind of change, and whom it names. The change's own page has the rest. */
function requestSubject(request: ChangeRequest): string {
  const named = [
    "tenantId" in request ? `tenant ${request.tenantId}` : null,
    "clusterId" in request ? `cluster ${request.clusterId}` : null,
    "tierId" in request ? `tier ${request.tierId}` : null,
    "changeId" in request ? `change ${request.changeId}` : null,
    "scope" in request && "tenantIds" in request.scope ? `tenants ${request.scope.tenantIds.slice(0, 20).join(" ")}` : null,
  ].filter((word) => word !== null);
  return [request.kind, ...named].join(", ");
}

/** Whoever did not hear the answer asks again, when the values are written already: the change of that key is the answer. */
async function sameChange(
  context: Context,
  known: StoredChange,
  asked: Pick<StoredChange, "request" | "fingerprint">,
): Promise<ChangeDetail> {
  const isSame = known.fingerprint === asked.fingerprint && canonicalJson(known.request) === canonicalJson(asked.request);
  if (!isSame) throw new AppError("conflict", `This idempotency key belongs to change ${known.id}, which is another one.`);
  await context.changes.settled(known.id, WAIT_MS);
  return changeDetail(context, known.id);
}

function refuse({ refusals, operations, patch }: Plan): void {
  const [first] = refusals;
  if (first !== undefined) {
    const details = refusals.map(({ field, reason, wayOut }) => ({
      path: `request${field === null ? "" : `.${field}`}`,
      message: `${reason} ${wayOut}`,
    }));
    throw new AppError("invalid", `${first.reason} ${first.wayOut}`, { details });
  }
  if (patch?.whole) {
    throw new AppError("conflict", `This is managed by ${patch.by}: put the change there. The plan has the text.`);
  }
  if (operations.length === 0) throw new AppError("invalid", "There is nothing to change: everything has this value already.");
}

/** Kafka has no compare-and-set: this is checked just before, and once more by whoever carries it out. */
async function movedError(
  context: Context,
  now: Plan,
  request: ChangeRequest,
  factsId: string | undefined,
  reason: string,
): Promise<AppError> {
  const held = findFacts(context, factsId);
  const before = held === null ? null : await decide(context, request, held.facts, reason);
  const details = before === null ? [] : moved(before, now);
  const [first] = details;
  const what = first === undefined ? "What would be written is no longer what the plan showed." : `${first.path}: ${first.message}`;
  return new AppError("precondition_failed", `Nothing was changed. ${what}`, { details });
}

function requireConfirmation({ confirm }: Plan, reason: string, typed: string | undefined): void {
  const fault = (path: string, message: string) => new AppError("invalid", `${path}: ${message}`, { details: [{ path, message }] });
  if (confirm.reasonRequired && reason === "") throw fault("reason", "is required for what cannot be taken back or hurts somebody");
  if (confirm.typeName !== null && typed !== confirm.typeName) throw fault("typed", `must be "${confirm.typeName}"`);
}
