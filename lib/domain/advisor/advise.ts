import type { ModelCost } from "@/lib/domain/cost/model-cost";
import { formatCount, formatSpan } from "@/lib/domain/format";
import { capabilityOf, cellOn, MODELS, type Model, type Verdict } from "@/lib/domain/isolation";
import { limitReasons } from "./limits";
import { type Needs, PLAIN_NEEDS } from "./needs";

/** How well a model fits: as it is, if something is seen to, or not at all. */
export const FIT_LEVELS = ["fits", "conditions", "no"] as const;
export type FitLevel = (typeof FIT_LEVELS)[number];

/** Why one need is met by a model, met on a condition, or not met. */
export interface FitReason {
  need: string;
  verdict: Verdict;
  why: string;
}

export interface ModelFit {
  model: Model;
  level: FitLevel;
  reasons: FitReason[];
}

export interface Advice {
  /** In the order of the matrix. */
  fits: ModelFit[];
  /** The model that fits best, and among equals the cheapest to run; null: none fits. */
  recommended: Model | null;
  /** The recommendation in a sentence, with what fits as well. */
  sentence: string;
}

/**
 * Whether each model gives what is needed, by the rows of the matrix and the limits of MSK. Every need can only make a model fit less. `costs` is what the
 * models cost at the traffic in question, for a budget.
 */
export function advise(needs: Needs, costs?: Record<Model, ModelCost>): Advice {
  const fits = MODELS.map((model): ModelFit => {
    const reasons = reasonsFor(model, needs, costs?.[model]);
    return { model, level: levelOf(reasons), reasons };
  });
  const recommended = bestOf(fits);
  return { fits, recommended, sentence: sentenceOf(fits, recommended) };
}

function reasonsFor(model: Model, needs: Needs, cost: ModelCost | undefined): FitReason[] {
  const kind = needs.kind ?? null;
  const plain = needs.plain.flatMap((need) => {
    const { words, capabilities } = PLAIN_NEEDS[need];
    const cells = capabilities.map((id) => cellOn(capabilityOf(id), model, kind));
    return [{ need: words, ...worstOf(cells) }];
  });
  return [...plain, ...forgetReasons(model, needs), ...limitReasons(model, needs), ...budgetReasons(needs, cost)];
}

/** The weakest cell decides; its sentence is the reason. */
function worstOf(cells: readonly { verdict: Verdict; why: string }[]): { verdict: Verdict; why: string } {
  const { verdict, why } = cells.reduce((worst, cell) => (RANK[cell.verdict] > RANK[worst.verdict] ? cell : worst));
  return { verdict, why };
}

const RANK: Record<Verdict, number> = { yes: 0, conditional: 1, no: 2 };
const LEVEL: Record<Verdict, FitLevel> = { yes: "fits", conditional: "conditions", no: "no" };

function forgetReasons(model: Model, { forgetWithinMs, kind }: Needs): FitReason[] {
  if (forgetWithinMs === undefined) return [];
  const { verdict, why } = cellOn(capabilityOf("right-to-be-forgotten"), model, kind ?? null);
  const within = `within ${formatSpan(forgetWithinMs)}`;
  return [
    {
      need: `The right to be forgotten ${within}`,
      verdict,
      why: verdict === "no" ? why : `${why} Or retention and segment.ms end ${within}.`,
    },
  ];
}

/** A budget against what the model costs; without a cost it cannot be held against anything. */
function budgetReasons({ budgetPerMonth }: Needs, cost: ModelCost | undefined): FitReason[] {
  if (budgetPerMonth === undefined) return [];
  const need = `A budget of ${formatCount(budgetPerMonth)} a month`;
  if (cost === undefined || cost.dollars === null) {
    const why = `What the model costs is not known${cost === undefined ? "" : `: ${cost.words}`}; compare before deciding.`;
    return [{ need, verdict: "conditional", why }];
  }
  return [{ need, verdict: cost.dollars <= budgetPerMonth ? "yes" : "no", why: `${capital(cost.words)}.` }];
}

function levelOf(reasons: readonly FitReason[]): FitLevel {
  return LEVEL[reasons.reduce<Verdict>((worst, { verdict }) => (RANK[verdict] > RANK[worst] ? verdict : worst), "yes")];
}

/** Models stand in the order of what they cost to run, so the first of the best level is the cheapest of them. */
function bestOf(fits: readonly ModelFit[]): Model | null {
  for (const level of ["fits", "conditions"] as const) {
    const found = fits.find((fit) => fit.level === level);
    if (found !== undefined) return found.model;
  }
  return null;
}

function sentenceOf(fits: readonly ModelFit[], recommended: Model | null): string {
  if (recommended === null) return nothingFits(fits);
  const chosen = fits.find(({ model }) => model === recommended);
  const asked = chosen?.reasons.length ?? 0;
  if (asked === 0) return "Nothing asked sets the models apart: pool is the cheapest to run, and all three fit.";
  const equals = fits.filter(({ model, level }) => model !== recommended && level === chosen?.level).map(({ model }) => capital(model));
  const conditions = chosen?.reasons.filter(({ verdict }) => verdict === "conditional").map(({ need }) => lower(need)) ?? [];
  const how =
    chosen?.level === "fits"
      ? asked === 1
        ? "meets what is needed"
        : `meets all ${formatCount(asked)} needs`
      : `fits on conditions: ${conditions.join(", ")}`;
  const also =
    equals.length === 0
      ? ""
      : ` ${equals.join(" and ")} ${equals.length === 1 ? "fits" : "fit"}${chosen?.level === "conditions" ? " on conditions" : ""} as well, and nothing asked needs the cost.`;
  return `${capital(recommended)} ${how}.${also}`;
}

/** Which model lacks least; those that lack as much are named beside it. */
function nothingFits(fits: readonly ModelFit[]): string {
  const least = Math.min(...fits.map((fit) => unmet(fit).length));
  const closest = fits.filter((fit) => unmet(fit).length === least);
  const lacks = closest.map((fit) => listed(unmet(fit).map(({ need }) => lower(need))));
  if (new Set(lacks).size > 1) {
    const each = closest.map(({ model }, at) => `${model}, which lacks ${lacks[at]}`);
    return `No model meets all of it. Equally close: ${each.join("; ")}.`;
  }
  const who = capital(listed(closest.map(({ model }) => model)));
  return `No model meets all of it. ${who} ${closest.length === 1 ? "lacks least" : "lack the same"}: ${lacks[0]}.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function unmet(fit: ModelFit | undefined): FitReason[] {
  return fit?.reasons.filter(({ verdict }) => verdict === "no") ?? [];
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
