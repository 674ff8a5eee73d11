"use client";

import { Download, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { type ChartLimit, type ChartSeries, chartCsv } from "./chart-data";
import type { ChartMark } from "./chart-marks";
import { SeriesTable } from "./series-table";

export interface TimeChartProps {
  /** The question the chart answers. */
  title: string;
  /** Unit of the axis, and what else must be known to read it. */
  unit: string;
  note?: string;
  /** How the numbers are known, beside the title. */
  source?: ReactNode;
  times: readonly number[];
  series: readonly ChartSeries[];
  limits?: readonly ChartLimit[];
  /** What happened beside the lines. */
  marks?: readonly ChartMark[];
  /** What a unit of the axis is in the unit of the values: 1e6 for MB/s. */
  divisor: number;
  /** A number of the axis' unit in words. */
  format: (value: number) => string;
  /** Unit of the raw values, for the exported file. */
  rawUnit: string;
  height?: number;
  /** What the chart shows, in a sentence, for those who do not see it. */
  summary: string;
  /** Why there is nothing, when there is nothing. */
  nothing: string;
  /** Charts with the same group share the crosshair. */
  group?: string;
  /** A time range was dragged over. */
  onSelect?: (fromMs: number, toMs: number) => void;
}

const Plot = dynamic(() => import("./plot").then((module) => module.Plot), {
  ssr: false,
  loading: () => <span className="plot-waiting" style={{ height: 174 }} />,
});

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}

function fileName(title: string): string {
  return `${title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)}.csv`;
}

/** Lines over time, with a table of the same numbers and a file of them. */
export function TimeChart(props: TimeChartProps) {
  const { title, unit, note, source, times, series, limits = [], marks = [], rawUnit, height = 150 } = props;
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="chart">
      <figcaption>
        <h2>
          {title}
          {source}
        </h2>
        <span>{note === undefined ? unit : `${unit}; ${note}`}</span>
        <span className="actions">
          <Button
            kind="quiet"
            square
            aria-pressed={asTable}
            aria-label={`${title} as table`}
            data-tip={asTable ? "Show as chart" : "Show as table"}
            onClick={() => setAsTable(!asTable)}
          >
            <Table2 aria-hidden />
          </Button>
          <Button
            kind="quiet"
            square
            aria-label={`Export ${title} as CSV`}
            data-tip="Export CSV"
            onClick={() => save(fileName(title), chartCsv(times, series, limits, rawUnit))}
          >
            <Download aria-hidden />
          </Button>
        </span>
      </figcaption>
      {asTable ? (
        <SeriesTable {...props} limits={limits} marks={marks} height={height + 24} />
      ) : (
        <>
          <p className="visually-hidden">{props.summary}</p>
          <Plot {...props} limits={limits} marks={marks} height={height} />
        </>
      )}
    </figure>
  );
}
