import { type FakeAws, json, type WireAnswer } from "./fake-aws";

export interface WireQuery {
  Id: string;
  MetricStat: {
    Metric: { Namespace: string; MetricName: string; Dimensions: { Name: string; Value: string }[] };
    Period: number;
    Stat: string;
  };
}

export interface WireResult {
  Id: string;
  StatusCode: string;
  /** Epoch seconds. */
  Timestamps: number[];
  Values: number[];
  Messages?: { Code: string; Value: string }[];
}

/** Answers GetMetricData with one point per series at the beginning of its window, or with what `series` makes of a query. */
export function answerSeries(aws: FakeAws, series: (query: WireQuery, startSeconds: number) => Partial<WireResult> = () => ({})): void {
  aws.on("GetMetricData", ({ body }): WireAnswer => {
    const start = Number(body.StartTime);
    const results = queriesOf(body).map((query) => ({
      Id: query.Id,
      StatusCode: "Complete",
      Timestamps: [start],
      Values: [1],
      ...series(query, start),
    }));
    return json({ MetricDataResults: results, Messages: [] });
  });
}

export function queriesOf(body: Record<string, unknown>): WireQuery[] {
  return body.MetricDataQueries as WireQuery[];
}
