import type { FleetSnapshot } from "@/lib/domain/fleet";
import { CAPABILITIES, type Capability, type Cell, type Model } from "@/lib/domain/isolation";
import type { MskKind } from "@/lib/domain/msk-facts";
import type { IsolationView, MatrixRow } from "@/lib/domain/views/isolation";
import { fleetNotes } from "./fleet-notes";
import { inForceOf } from "./in-force";
import { compareScope, liveModels, modelsOf, topicsByModel } from "./live-models";
import { modelCostsHere } from "./model-costs";

/** The matrix with what the fleet, or the part of it on one cluster, makes of it; and for one tenant what is in force. */
export function isolationView(fleet: FleetSnapshot, clusterId: string | null, tenantId: string | null): IsolationView {
  const scope = compareScope(fleet, clusterId);
  const live = liveModels(scope);
  const costs = modelCostsHere(scope);
  const notes = fleetNotes({ ...scope, topics: topicsByModel(scope), prices: live.prices, costs });
  const state = tenantId === null ? undefined : fleet.tenants.get(tenantId);
  const inForce = state === undefined ? null : inForceOf(fleet, state);
  return {
    at: fleet.at,
    ...live,
    costs,
    rows: CAPABILITIES.map(
      (capability): MatrixRow => ({
        id: capability.id,
        dimension: capability.dimension,
        name: capability.name,
        cells: cellsOf(capability),
        fleet: notes.get(capability.id) ?? { text: "", severity: null, href: null },
        inForce: inForce?.get(capability.id) ?? null,
      }),
    ),
    tenant: state === undefined ? null : { id: state.tenant.id, name: state.tenant.name, models: modelsOf(state) },
  };
}

function cellsOf({ cells }: Capability): MatrixRow["cells"] {
  const of = (model: Model) => cellView(cells[model]);
  return { pool: of("pool"), bridge: of("bridge"), silo: of("silo") };
}

function cellView({ verdict, word, why, kinds = {} }: Cell): MatrixRow["cells"]["pool"] {
  const told = Object.entries(kinds) as [MskKind, { verdict: Cell["verdict"]; note: string }][];
  return { verdict, word, why, kinds: told.map(([kind, special]) => ({ kind, ...special })) };
}
