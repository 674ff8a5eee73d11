import type { ReactNode } from "react";
import { vi } from "vitest";
import { renderForm } from "./render-form";

/** Renders what asks the API for one thing, and answers everything it asks for with that. Returns the addresses in the order in which they were asked. */
export function renderAnswer(answer: unknown, children: ReactNode, searchParams = ""): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return new Response(JSON.stringify(answer), { status: 200 });
  });
  renderForm(children, searchParams);
  return asked;
}
