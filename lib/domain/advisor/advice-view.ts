import { modelsOf } from "@/lib/domain/compare/live-models";
import { type ModelCost, modelCostSentence, modelCosts, regionFor, type Traffic } from "@/lib/domain/cost/model-cost";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { formatCount } from "@/lib/domain/format";
import type { Model } from "@/lib/domain/isolation";
import { knownValue } from "@/lib/domain/observed";
import type { AdviceView, StreamAdvice } from "@/lib/domain/views/advice";
import { advise } from "./advise";
import { moveSteps } from "./move-steps";
import type { StreamNeeds } from "./needs";
import { formatNeeds, parseNeeds } from "./needs-text";
import { needsOfTenant } from "./tenant-needs";

/** The advice for needs that are asked for, or else for what a tenant is declared to need. Throws AppError `invalid` for needs that cannot be read. */
export function adviceView(fleet: FleetSnapshot, asked: string | null, tenantId: string | null): AdviceView {
  const state = tenantId === null ? undefined : fleet.tenants.get(tenantId);
  const streams = asked === null && state !== undefined ? [{ name: "", needs: needsOfTenant(state) }] : parseNeeds(asked ?? "");
  const models = state === undefined ? [] : modelsOf(state);
  const region = regionFor(fleet, state);
  const told = streams.map((stream) => streamAdvice(stream, models, modelCosts(fleet, trafficOf(stream, state), region)));
  return {
    at: fleet.at,
    needs: formatNeeds(streams),
    source: asked === null && state !== undefined ? "stored" : "asked",
    tenant: state === undefined ? null : tenantView(state, models),
    streams: told,
    together: together(told),
    cost: costWords(fleet, streams, state, region),
  };
}

function tenantView({ tenant, produce, consume }: TenantState, models: Model[]): NonNullable<AdviceView["tenant"]> {
  const { bytesPerSecond: produced } = produce;
  return { id: tenant.id, name: tenant.name, models, produceBytesPerSecond: produced, consumeBytesPerSecond: consume.bytesPerSecond };
}

function streamAdvice({ name, needs }: StreamNeeds, models: readonly Model[], costs: Record<Model, ModelCost>): StreamAdvice {
  const { fits, recommended, sentence } = advise(needs, costs);
  return {
    name,
    needs: { ...needs, plain: [...needs.plain] },
    fits,
    recommended,
    sentence,
    moves: movesTo(recommended, models),
  };
}

/** A tenant that has the model already, for one of its streams, has where to go; of one that has not everything moves. */
function movesTo(to: Model | null, models: readonly Model[]): StreamAdvice["moves"] {
  if (to === null || models.includes(to)) return [];
  return models.flatMap((from) => {
    const steps = moveSteps(from, to);
    return steps === null ? [] : [{ from, to, steps }];
  });
}

function together(streams: readonly StreamAdvice[]): string {
  const models = new Set(streams.map(({ recommended }) => recommended));
  if (streams.length === 1) return streams[0]?.sentence ?? "";
  if (models.has(null))
    return `No model meets ${streams
      .filter(({ recommended }) => recommended === null)
      .map(({ name }) => name || "the unnamed stream")
      .join(" and ")}; the others are advised by themselves.`;
  const [only] = models;
  if (models.size === 1) return `All ${formatCount(streams.length)} streams fit ${only}.`;
  return `Streams of one tenant may have different models: ${streams.map(({ name, recommended }) => `${name || "the unnamed stream"} ${recommended}`).join(", ")}. The tenant then counts as mixed.`;
}

/** The rates that are asked for, else those of the tenant now. */
function trafficOf({ needs }: StreamNeeds, state: TenantState | undefined): Traffic {
  const { produceBytesPerSecond, consumeBytesPerSecond } = needs;
  return {
    inRate: produceBytesPerSecond ?? (state === undefined ? null : knownValue(state.produce.bytesPerSecond)),
    outRate: consumeBytesPerSecond ?? (state === undefined ? null : knownValue(state.consume.bytesPerSecond)),
  };
}

function costWords(fleet: FleetSnapshot, streams: readonly StreamNeeds[], state: TenantState | undefined, region: string | null): string {
  const [first] = streams;
  const traffic = first === undefined ? { inRate: null, outRate: null } : trafficOf(first, state);
  const said = modelCostSentence(modelCosts(fleet, traffic, region), traffic);
  const price = state?.tier.pricePerMonth;
  return price === undefined ? said : `${said} The tenant's tier ${state?.tier.name} is sold for ${formatCount(price)} a month.`;
}
