import type { RetentionRuler } from "@/lib/domain/change/plan";
import { UNLIMITED } from "@/lib/domain/change/values";
import { formatCountOf, formatDuration, formatSpan } from "@/lib/domain/format";

/** A span of retention on the ruler; unlimited reaches beyond its end. */
export type RulerSpan = number | typeof UNLIMITED | null;

interface Label {
  /** Place on the ruler, 0 (newest) to 1. */
  at: number;
  text: string;
}

export interface PlacedLabel extends Label {
  /** Left edge in px, and the line it stands on; 0 is next to the bar. */
  left: number;
  row: number;
}

export interface RulerTick {
  key: string;
  at: number;
  /** null: it is behind the new end, and what it loses is not known. */
  loses: boolean | null;
  words: string;
}

export interface RulerLayout {
  /** What the right end stands for, in milliseconds. */
  extentMs: number;
  /** Places of the end that is and the end that will be; null: not known. */
  now: number | null;
  after: number | null;
  ticks: RulerTick[];
  groupLabels: (PlacedLabel & { loses: boolean })[];
  axis: PlacedLabel[];
  /** Groups whose place in time is not known. */
  unplaced: number;
}

type Group = RetentionRuler["groups"][number] & { timeBehindMs: number };

const DAY_MS = 86_400_000;
/** A bound far beyond everything that is would press the rest into the corner. */
const BEYOND = 3;
/** Mean width of a character of 11 px. */
const CHAR_PX = 6;
const GAP_PX = 8;

/** Where everything on the retention ruler stands, for a width in px. Labels never cover each other; what finds no place is left out. */
export function layRuler(ruler: RetentionRuler, spans: { now: RulerSpan; after: RulerSpan }, widthPx: number): RulerLayout {
  const groups = ruler.groups.filter((group): group is Group => group.timeBehindMs !== null);
  const extentMs = extentOf(ruler, spans, groups);
  const at = (ms: number): number => Math.min(1, Math.max(0, ms / extentMs));
  const place = (span: RulerSpan) => (span === null ? null : span === UNLIMITED ? 1 : at(span));
  const ticks = groups.map((group) => tickOf(group, at(group.timeBehindMs)));
  return {
    extentMs,
    now: place(spans.now),
    after: place(spans.after),
    ticks,
    groupLabels: placeLabels(groupLabels(groups, at), widthPx, "left"),
    axis: placeLabels(axisLabels(ruler, spans, at, extentMs), widthPx, "centre"),
    unplaced: ruler.groups.length - groups.length,
  };
}

function known(span: RulerSpan): number {
  return typeof span === "number" ? span : 0;
}

function extentOf({ marks }: RetentionRuler, { now, after }: { now: RulerSpan; after: RulerSpan }, groups: readonly Group[]): number {
  const behind = groups.map(({ timeBehindMs }) => timeBehindMs);
  const core = Math.max(known(now), known(after), ...behind);
  const reach = core === 0 ? Math.max(0, ...marks.map(({ value }) => value)) : core;
  const within = marks.map(({ value }) => value).filter((value) => value <= reach * BEYOND);
  return Math.max(reach, ...within, 0) || DAY_MS;
}

function tickOf(group: Group, at: number): RulerTick {
  return {
    key: `${group.clusterId} ${group.groupId} ${group.topic}`,
    at,
    loses: group.losesRecords === null ? null : isLosing(group),
    words: behindWords(group),
  };
}

function isLosing({ losesRecords }: Group): boolean {
  return (losesRecords ?? 0) > 0;
}

function behindWords({ groupId, timeBehindMs, hasMembers }: Group): string {
  return `${groupId}, ${lagWords(timeBehindMs)}${hasMembers ? "" : ", without members"}`;
}

function lagWords(timeBehindMs: number): string {
  return timeBehindMs <= 0 ? "not behind" : `${formatDuration(timeBehindMs)} behind`;
}

/** Those that lose are named, the furthest first; the others are counted. */
function groupLabels(groups: readonly Group[], at: (ms: number) => number): (Label & { loses: boolean })[] {
  const far = groups.toSorted((a, b) => b.timeBehindMs - a.timeBehindMs);
  const losing = far.filter(isLosing);
  const [worst, second, ...rest] = losing;
  const labels: (Label & { loses: boolean })[] = [];
  const name = (group: Group, text: string) => labels.push({ at: at(group.timeBehindMs), text, loses: true });
  if (worst !== undefined) name(worst, shorten(worst.groupId, `, ${formatDuration(worst.timeBehindMs)} behind`));
  if (second !== undefined) {
    const text = `, ${formatDuration(second.timeBehindMs)} behind`;
    name(second, rest.length === 0 ? shorten(second.groupId, text) : `${formatCountOf(rest.length + 1, "more group")} that lose`);
  }
  const safe = far.filter((group) => !isLosing(group));
  const [furthest] = safe;
  if (furthest === undefined) return labels;
  const words = lagWords(furthest.timeBehindMs);
  const to = furthest.timeBehindMs <= 0 ? words : `to ${words}`;
  const text = safe.length === 1 ? shorten(furthest.groupId, `, ${words}`) : `${safe.length} groups, ${to}`;
  return [...labels, { at: at(furthest.timeBehindMs), text, loses: false }];
}

const NAME_CHARS = 28;

function shorten(name: string, rest: string): string {
  return `${name.length > NAME_CHARS ? `${name.slice(0, NAME_CHARS)}…` : name}${rest}`;
}

/** The ends and the marks by value; what stands at one place shares a label. The ends come first, so that they find a place. */
function axisLabels(
  { marks }: RetentionRuler,
  spans: { now: RulerSpan; after: RulerSpan },
  at: (ms: number) => number,
  extentMs: number,
): Label[] {
  const values = new Map<number, string[]>();
  const add = (value: number, name: string) => values.set(value, [...(values.get(value) ?? []), name]);
  if (typeof spans.after === "number") add(spans.after, "after");
  if (typeof spans.now === "number") add(spans.now, "now");
  for (const { value, label } of marks) if (value <= extentMs) add(value, label);
  const labels = [...values].map(([value, names]) => ({ at: at(value), text: `${formatSpan(value)}, ${names.join(", ")}` }));
  return [{ at: 0, text: "newest" }, ...labels];
}

const ROWS = 2;

/** Gives each label a line on which it covers no other; in the order given, so the first are sure of a place. */
function placeLabels<L extends Label>(labels: readonly L[], widthPx: number, anchor: "left" | "centre"): (L & PlacedLabel)[] {
  const taken: { row: number; from: number; to: number }[] = [];
  const placed: (L & PlacedLabel)[] = [];
  for (const label of labels) {
    const width = label.text.length * CHAR_PX;
    const wanted = label.at * widthPx + (anchor === "left" ? 4 : -width / 2);
    // Left of its tick where it would leave the ruler.
    const turned = anchor === "left" && wanted + width > widthPx ? label.at * widthPx - width - 4 : wanted;
    const left = Math.max(0, Math.min(turned, widthPx - width));
    for (let row = 0; row < ROWS; row += 1) {
      if (taken.some((one) => one.row === row && left < one.to + GAP_PX && left + width + GAP_PX > one.from)) continue;
      taken.push({ row, from: left, to: left + width });
      placed.push({ ...label, left, row });
      break;
    }
  }
  return placed;
}
