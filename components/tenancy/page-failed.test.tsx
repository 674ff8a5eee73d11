// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "@/lib/client/fetch-json";
import { PageFailed } from "./page-failed";

afterEach(cleanup);

const words = { missing: "There is no such thing", failed: "It could not be loaded", onRetry: vi.fn(), next: null };

test("what does not exist is the page's heading, in words of its own, and is not asked for again", () => {
  const error = new ApiError("not_found", "No thing.");
  render(<PageFailed {...words} error={error} missingMessage="Never was." />);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("There is no such thing");
  expect(screen.getByRole("alert").textContent).toContain("Never was.");
  expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
});

test("what failed says why, and can be asked for again", () => {
  render(<PageFailed {...words} error={new Error("The network is down.")} missingMessage="Never was." />);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("It could not be loaded");
  expect(screen.getByRole("alert").textContent).toContain("The network is down.");
  screen.getByRole("button", { name: "Retry" }).click();
  expect(words.onRetry).toHaveBeenCalledOnce();
});
