"use client";

import { useLayoutEffect, useRef } from "react";
import { HEAT_EDGES, heatSteps } from "./heat-cells";

interface HeatCanvasProps {
  rows: readonly { values: readonly (number | null)[] }[];
  columns: number;
}

/**
 * The cells as an image of one pixel each, which the browser stretches: tens of thousands of them cost no more than a picture does, where as
 * many rectangles take it a tenth of a second to draw. Cells without data are left open.
 */
export function HeatCanvas({ rows, columns }: HeatCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const draw = () => drawSteps(canvas, heatSteps(rows, columns));
    draw();
    // The theme stands on the root element, and its colours are not those of another.
    const themes = new MutationObserver(draw);
    themes.observe(document.documentElement, { attributes: true });
    return () => themes.disconnect();
  }, [rows, columns]);
  return <canvas ref={ref} width={columns} height={rows.length} aria-hidden />;
}

function drawSteps(canvas: HTMLCanvasElement, steps: Uint8Array): void {
  const context = canvas.getContext("2d");
  const colors = colorsOf(canvas);
  if (context === null || colors === null || steps.length === 0) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  for (const [at, step] of steps.entries()) pixels[at] = colors[step] ?? 0;
  context.putImageData(image, 0, 0);
}

/** The colour of each step as a pixel; the last one, of no data, is open. null: nothing can be drawn here. */
function colorsOf(canvas: HTMLCanvasElement): Uint32Array | null {
  const palette = document.createElement("canvas");
  palette.width = HEAT_EDGES.length + 2;
  palette.height = 1;
  const context = palette.getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  for (let step = 0; step <= HEAT_EDGES.length; step += 1) {
    canvas.style.color = `var(--heat-${step + 1})`;
    context.fillStyle = getComputedStyle(canvas).color;
    context.fillRect(step, 0, 1, 1);
  }
  return new Uint32Array(context.getImageData(0, 0, palette.width, 1).data.buffer);
}
