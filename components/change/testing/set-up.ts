import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { stubCanvas } from "@/components/charts/testing/stub-canvas";

class NoObserver {
  observe() {}
  disconnect() {}
  unobserve() {}
}

/** What every test of forms and lists needs of a browser that jsdom is not; drafts of one test are not those of the next. */
export function setUpBrowser(): void {
  vi.stubGlobal("ResizeObserver", NoObserver);
  vi.stubGlobal("IntersectionObserver", NoObserver);
  beforeEach(stubCanvas);
  // A busy machine is slow, and no test is about speed.
  configure({ asyncUtilTimeout: 10_000 });
  beforeEach(() => window.sessionStorage.clear());
  afterEach(cleanup);
}
