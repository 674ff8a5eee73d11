import { vi } from "vitest";

/** jsdom draws nothing: canvases stay empty. */
export function stubCanvas(): void {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
}
