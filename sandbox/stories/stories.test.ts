import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { REPOSITORY } from "@/sandbox/kafka/topology";
import { castMember } from "./cast-member";
import { STORIES, storyOf } from "./stories";

const names = STORIES.map(({ name }) => name).toSorted();
const readText = (path: string) => readFileSync(`${REPOSITORY}/${path}`, "utf8");

test("each story has its line in the table", () => {
  const rows = [...readText("sandbox/stories/README.md").matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toEqual(names);
});

test("each story is held to its words by the long runs, which can be asked for it", () => {
  const played = [...readText("e2e/soak/stories.soak.ts").matchAll(/^test\("([a-z-]+): /gm)].map(([, name]) => name);
  expect(played.toSorted()).toEqual(["calm", ...names].toSorted());
  const [, parts = ""] = /const PARTS = \[([^\]]+)\]/.exec(readText("scripts/soak.mjs")) ?? [];
  expect([...parts.matchAll(/"([a-z-]+)"/g)].map(([, name]) => name).toSorted()).toEqual(played.toSorted());
});

test("a story or somebody of the cast that is not there is named, with those that are", () => {
  expect(() => storyOf("quiet")).toThrow(/no story quiet; there are noisy-neighbour, /);
  expect(() => castMember("nobody")).toThrow("nobody of the cast is nobody");
});
