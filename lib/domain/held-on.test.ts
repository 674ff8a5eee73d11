import { expect, it } from "vitest";
import { heldOn } from "./held-on";
import { same } from "./same";

it("keeps a value on an object, apart from what others keep there, and out of its copies and of what is written of it", () => {
  const names = heldOn<{ id: string }, string>();
  const sizes = heldOn<{ id: string }, number>();
  const acme = { id: "acme" };
  expect([names.get(acme), sizes.get(acme)]).toEqual([undefined, undefined]);
  expect([names.set(acme, "Acme"), names.set(acme, "Acme Retail"), sizes.set(acme, 7)]).toEqual(["Acme", "Acme Retail", 7]);
  expect([names.get(acme), sizes.get(acme)]).toEqual(["Acme Retail", 7]);
  expect(names.get({ ...acme })).toBeUndefined();
  expect([JSON.stringify(acme), Object.keys(acme), structuredClone(acme)]).toEqual(['{"id":"acme"}', ["id"], { id: "acme" }]);
  expect(same({ id: "acme" }, acme)).not.toBe(acme);
});
