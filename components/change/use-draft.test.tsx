// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { useLayoutEffect } from "react";
import { afterEach, expect, test } from "vitest";
import { useDraft } from "./use-draft";

const KEY = "/tenants/acme/retention";
const INITIAL = { reason: "", ticket: "" };

afterEach(() => window.sessionStorage.clear());

const kept = () => JSON.parse(window.sessionStorage.getItem(KEY) ?? "null");
const keep = (value: unknown) => window.sessionStorage.setItem(KEY, JSON.stringify(value));

test("what was typed is there again after a reload, until it is dropped", () => {
  const before = renderHook(() => useDraft(KEY, INITIAL));
  act(() => before.result.current.set({ reason: "Audit" }));
  before.unmount();
  const after = renderHook(() => useDraft(KEY, INITIAL));
  expect(after.result.current).toMatchObject({ value: { reason: "Audit", ticket: "" }, ready: true });
  act(() => after.result.current.drop());
  expect(kept()).toBeNull();
});

test("what is typed before the kept draft is read is not overwritten by it", () => {
  keep({ reason: "Of last week" });
  const { result } = renderHook(() => {
    const draft = useDraft(KEY, INITIAL);
    const { set } = draft;
    // Runs before the effect that reads what was kept, as a quick person may.
    useLayoutEffect(() => set({ reason: "Of today" }), [set]);
    return draft;
  });
  expect(result.current).toMatchObject({ value: { reason: "Of today" }, ready: true });
  expect(kept()).toMatchObject({ reason: "Of today" });
});

test.each([["[]"], ['{"reason":7}'], ["nonsense"], ["null"]])(
  "of what an older console kept nothing is taken that does not fit: %s",
  (text) => {
    window.sessionStorage.setItem(KEY, text);
    const { result } = renderHook(() => useDraft(KEY, INITIAL));
    expect(result.current).toMatchObject({ value: INITIAL, ready: true });
  },
);
