// @vitest-environment jsdom

import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import { TenantPicker } from "./tenant-picker";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({}) }));
setUpBrowser();

const HITS = [{ kind: "tenant", title: "Juniper Foods", subtitle: "juniper", href: "/tenants/juniper" }];
let answer: () => void;

beforeEach(() => {
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve;
  });
  vi.stubGlobal("fetch", async (path: string) => {
    await mayAnswer;
    const q = new URLSearchParams(path.split("?")[1]).get("q") ?? "";
    return new Response(JSON.stringify({ hits: "juniper".startsWith(q) ? HITS : [] }), { status: 200 });
  });
});

function send(words: string) {
  const onChange = vi.fn();
  renderForm(<TenantPicker tenant={null} onChange={onChange} />);
  const box = screen.getByRole("combobox", { name: "In force for" });
  fireEvent.change(box, { target: { value: words } });
  fireEvent.submit(box);
  return onChange;
}

test("words sent before their answer is there choose the tenant once it is", async () => {
  const onChange = send("junip");
  expect(onChange).not.toHaveBeenCalled();
  answer();
  await waitFor(() => expect(onChange).toHaveBeenCalledExactlyOnceWith("juniper"));
});

test("words that no tenant has are said to be nobody's", async () => {
  const onChange = send("nobody");
  answer();
  await screen.findByText("No tenant is called that.");
  expect(onChange).not.toHaveBeenCalled();
});
