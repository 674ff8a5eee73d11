// @vitest-environment jsdom
import { act, useState } from "react";
import { hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, expect, test, vi } from "vitest";
import { CheckBox } from "./check-box";
import { TextInput } from "./text-input";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

let root: Root | undefined;
afterEach(() => act(() => root?.unmount()));

function Form() {
  const [words, setWords] = useState("");
  const [isOn, setOn] = useState(false);
  return (
    <>
      <TextInput aria-label="Words" value={words} onChange={({ target }) => setWords(target.value)} />
      <CheckBox aria-label="On" checked={isOn} onChange={({ target }) => setOn(target.checked)} />
      <TextInput aria-label="Fixed" value="of the tier" readOnly />
      <CheckBox aria-label="Closed" checked={false} disabled />
    </>
  );
}

test("nothing can be typed or ticked before the page is alive, and everything after it", () => {
  const page = document.createElement("div");
  page.innerHTML = renderToString(<Form />);
  const of = (label: string) => page.querySelector<HTMLInputElement>(`[aria-label="${label}"]`);
  expect(of("Words")?.readOnly).toBe(true);
  expect(of("On")?.disabled).toBe(true);
  act(() => {
    root = hydrateRoot(page, <Form />);
  });
  expect(of("Words")?.readOnly).toBe(false);
  expect(of("On")?.disabled).toBe(false);
  expect(of("Fixed")?.readOnly).toBe(true);
  expect(of("Closed")?.disabled).toBe(true);
});
