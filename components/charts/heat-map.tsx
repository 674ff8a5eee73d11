"use client";

import Link from "next/link";
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useState } from "react";
import { type Cell, HEAT_EDGES, heatPaths, moved } from "./heat-cells";
import { timeTicks, timeTickWords } from "./scales";

export interface HeatRow {
  key: string;
  name: string;
  href: string;
  values: readonly (number | null)[];
}

interface HeatMapProps {
  /** Says to a screen reader what is shown. */
  label: string;
  rows: readonly HeatRow[];
  /** Beginning of each column, milliseconds since 1970. */
  times: readonly number[];
  stepMs: number;
  /** A cell in words. */
  words: (row: HeatRow, value: number | null, atMs: number) => string;
  /** Opens the time of a cell. */
  onOpen?: (atMs: number) => void;
}

/** No target of a finger is smaller. */
const ROW_PX = 24;
const STEPS = HEAT_EDGES.length + 1;

/** Rows over time in seven fixed steps. A cell is read by pointing at it or with the arrow keys, and opened by Enter or a click. */
export function HeatMap({ label, rows, times, stepMs, words, onOpen }: HeatMapProps) {
  const [cell, setCell] = useState<Cell | null>(null);
  const hatch = useId();
  const drawn = useMemo(() => heatPaths(rows), [rows]);
  const columns = times.length;
  const row = cell === null ? undefined : rows[cell.row];
  const atMs = cell === null ? undefined : times[cell.column];
  const open = () => {
    if (atMs !== undefined) onOpen?.(atMs);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") return open();
    const next = moved(cell ?? { row: 0, column: columns }, event.key, rows.length, columns);
    if (next === null) return;
    event.preventDefault();
    setCell(next);
  };
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const at = Math.floor((event.clientY - box.top) / ROW_PX);
    if (column >= 0 && column < columns && at >= 0 && at < rows.length) setCell({ row: at, column });
  };
  return (
    <div className="heat">
      <ul className="heat-names">
        {rows.map(({ key, name, href }) => (
          <li key={key} style={{ height: ROW_PX }}>
            <Link className="clip" href={href} prefetch={false}>
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
      <div
        className="heat-plot"
        role="application"
        aria-label={`${label}. Arrow keys move, Enter opens the time.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its cells are reached by the arrow keys
        tabIndex={0}
        style={{ height: rows.length * ROW_PX }}
        onKeyDown={press}
        onPointerMove={point}
        onClick={open}
      >
        <svg viewBox={`0 0 ${columns} ${rows.length}`} preserveAspectRatio="none" aria-hidden>
          <defs>
            <pattern id={hatch} width="3" height="0.3" patternUnits="userSpaceOnUse">
              <rect width="3" height="0.08" fill="var(--line)" />
            </pattern>
          </defs>
          {drawn.map((path, step) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
            <path key={step} d={path} fill={step < STEPS ? `var(--heat-${step + 1})` : `url(#${hatch})`} />
          ))}
          {cell === null ? null : (
            <rect className="heat-cell" x={cell.column} y={cell.row} width={1} height={1} vectorEffect="non-scaling-stroke" />
          )}
        </svg>
      </div>
      <HeatAxis times={times} stepMs={stepMs} />
      <p className="heat-says" aria-live="polite">
        {row === undefined || atMs === undefined
          ? "Point at a cell, or move with the arrow keys."
          : words(row, row.values[cell?.column ?? 0] ?? null, atMs)}
      </p>
      <HeatLegend />
    </div>
  );
}

function HeatAxis({ times, stepMs }: { times: readonly number[]; stepMs: number }) {
  const [from = 0] = times;
  const to = (times.at(-1) ?? from) + stepMs;
  return (
    <div className="heat-axis" aria-hidden>
      {timeTicks(from, to).map((at) => (
        <span key={at} style={{ left: `${((at - from) / (to - from)) * 100}%` }}>
          {timeTickWords(at, to - from)}
        </span>
      ))}
    </div>
  );
}

const LEGEND = ["to 0.25", "0.25", "0.5", "1 × entitled", "1.5", "2 × loud", "3 or more"];

function HeatLegend() {
  return (
    <ul className="heat-legend">
      {LEGEND.map((text, step) => (
        <li key={text}>
          <i style={{ background: `var(--heat-${step + 1})` }} />
          {text}
        </li>
      ))}
      <li>
        <i className="heat-none" />
        no data
      </li>
    </ul>
  );
}
