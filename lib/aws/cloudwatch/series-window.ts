import type { PeriodSeconds, SeriesKey, SeriesRequest } from "@/lib/domain/cloud-facts";
import { type Statistic, statisticOf } from "./metrics";

/** One series over one window: what is asked for, cached and shared. */
export interface SeriesWindow {
  clusterName: string;
  key: SeriesKey;
  statistic: Statistic;
  periodSeconds: PeriodSeconds;
  /** Both at the beginning of a period; only whole periods are asked for, since a sum over a part of one would be too small. */
  startMs: number;
  endMs: number;
  /** Names the series in its period, over any window. */
  seriesId: string;
  /** Names the series over this window. */
  windowId: string;
}

/** The windows of a request, in the order of its keys. */
export function windowsOf(request: SeriesRequest): SeriesWindow[] {
  const { clusterName, serverless, keys, periodSeconds } = request;
  const periodMs = periodSeconds * 1000;
  const startMs = Math.floor(request.startMs / periodMs) * periodMs;
  const endMs = Math.floor(request.endMs / periodMs) * periodMs;
  return keys.map((key) => {
    // What an application meters are bytes since the datapoint before.
    const statistic = key.custom === undefined ? statisticOf(key.metric, serverless) : "Sum";
    const dimensions = [key.brokerId, key.topic, key.group, key.partition, ...(key.custom === undefined ? [] : [key.custom])];
    const seriesId = JSON.stringify([clusterName, key.metric, ...dimensions, statistic, periodSeconds]);
    return { clusterName, key, statistic, periodSeconds, startMs, endMs, seriesId, windowId: `${seriesId}@${startMs}-${endMs}` };
  });
}
