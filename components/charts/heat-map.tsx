"use client";

import { type CSSProperties, type KeyboardEvent, type MouseEvent, memo, type PointerEvent, useState } from "react";
import { HeatCanvas } from "./heat-canvas";
import { type Cell, moved } from "./heat-cells";
import { timeTicks, timeTickWords } from "./scales";

export interface HeatRow {
  key: string;
  name: string;
  /** As the browser asks for it, the path that the console is served below included. */
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
  /** Goes where the name of a row leads, without loading the page anew. */
  onName: (key: string) => void;
  /** Opens the time of a cell. */
  onOpen?: (atMs: number) => void;
}

/** No target of a finger is smaller. */
const ROW_PX = 24;

/** Rows over time in seven fixed steps. A cell is read by pointing at it or with the arrow keys, and opened by Enter or a click. */
export function HeatMap({ label, rows, times, stepMs, words, onName, onOpen }: HeatMapProps) {
  const [cell, setCell] = useState<Cell | null>(null);
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
      <HeatNames rows={rows} onName={onName} />
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
        <HeatCanvas rows={rows} columns={columns} />
        {cell === null ? null : <div className="heat-cell" style={placeOf(cell, columns)} />}
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

function placeOf({ row, column }: Cell, columns: number): CSSProperties {
  return { top: row * ROW_PX, left: `${(column / columns) * 100}%`, width: `${100 / columns}%`, height: ROW_PX };
}

interface HeatNamesProps {
  rows: readonly HeatRow[];
  onName: (key: string) => void;
}

/**
 * Apart from the cells, so that pointing at one makes none of the names anew. Plain links with one listener for all of them: two hundred of
 * the router's own take longer to make than all cells to draw.
 */
const HeatNames = memo(function HeatNames({ rows, onName }: HeatNamesProps) {
  const follow = (event: MouseEvent<HTMLUListElement>) => {
    // Whoever asks for another tab or window is left to the browser.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const key = link?.dataset.key;
    if (key === undefined) return;
    event.preventDefault();
    onName(key);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on one of its links is a click
    <ul className="heat-names" onClick={follow}>
      {rows.map(({ key, name, href }) => (
        <li key={key} style={{ height: ROW_PX }}>
          <a className="clip" href={href} data-key={key}>
            <bdi>{name}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
});

/** Half of the widest time or day, at the size of the axis: nearer to an end its middle does not come, so that it stays within the chart. */
const HALF_WORDS = "1.75em";

function HeatAxis({ times, stepMs }: { times: readonly number[]; stepMs: number }) {
  const [from = 0] = times;
  const to = (times.at(-1) ?? from) + stepMs;
  return (
    <div className="heat-axis" aria-hidden>
      {timeTicks(from, to).map((at) => (
        <span key={at} style={{ left: `clamp(${HALF_WORDS}, ${((at - from) / (to - from)) * 100}%, 100% - ${HALF_WORDS})` }}>
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
