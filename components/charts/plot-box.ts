/** The margins around a plot, in px; charts.css has the same left and right. */
export const LEFT_PX = 40;
export const RIGHT_PX = 100;
export const TOP_PX = 10;
export const BOTTOM_PX = 24;

/** Where a value stands, in px from the top of a plot of this height whose axis ends at `top`. */
export function placeOf(value: number, top: number, height: number): number {
  return TOP_PX + (1 - value / top) * (height - TOP_PX);
}
