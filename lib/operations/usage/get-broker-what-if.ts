import { z } from "zod";
import { BrokerWhatIf } from "@/lib/domain/views/what-if";
import { brokerWhatIf } from "@/lib/domain/what-if/broker-count";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { paced } from "@/lib/operations/pauses";
import { EVERYONE } from "@/lib/operations/roles";
import { type Peaks, readPeaks, WHOLE_CLUSTER } from "@/lib/store";
import { KEPT_MS, keptAnswers } from "./kept-answers";

const DAYS = 30;
const DAY_MS = 86_400_000;
const peaksOf = keptAnswers<Map<string, Peaks>>();

export const getBrokerWhatIf = defineOperation({
  name: "getBrokerWhatIf",
  summary:
    "A cluster with one broker more or less: promise against capacity, who would be throttled by the highest minutes of the last 30 days, and money. Nothing is written.",
  method: "GET",
  path: "/api/clusters/{clusterId}/what-if",
  roles: EVERYONE,
  input: z.strictObject({ clusterId: Id }),
  output: BrokerWhatIf,
  act: async (context, { clusterId }) => {
    const { snapshot } = findCluster(context.fleet(), clusterId);
    const { store } = context;
    const nowMs = context.now().getTime();
    const toMs = Math.floor(nowMs / KEPT_MS) * KEPT_MS;
    const fromMs = toMs - DAYS * DAY_MS;
    const peaks = await peaksOf(store, `${clusterId} ${toMs}`, nowMs, () => readPeaks(store, { clusterId, fromMs, toMs }));
    return paced(brokerWhatIf({ fleet: context.fleet(), cluster: snapshot, fromMs, toMs, peaks, whole: peaks.get(WHOLE_CLUSTER) }));
  },
});
