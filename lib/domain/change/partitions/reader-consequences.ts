import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { readersOf } from "@/lib/domain/change/readers";
import { listed } from "@/lib/domain/change/words";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { isStateWithMembers } from "@/lib/domain/lag/group";
import type { Growing } from "./room";

/** What readers of the topic have to know before it has more partitions. */
export function readerConsequences(growing: Growing): Consequence[] {
  const readers = readersOf(growing.cluster.snapshot, growing.topic).map(({ group }) => group);
  const active = readers.filter(({ state }) => isStateWithMembers(state) !== false).map(({ id }) => id);
  return [
    skipsNewest(active),
    keepsState(
      growing,
      readers.filter(({ type }) => type === "streams").map(({ id }) => id),
    ),
    ...moreMembers(growing, active),
  ];
}

/** A group sees new partitions when its client reads the metadata again: every five minutes by default. */
function skipsNewest(active: readonly string[]): Consequence {
  const who = active.length === 0 ? "Groups" : `${formatCountOf(active.length, "group")}, ${listed(active)},`;
  const verb = active.length === 1 ? "skips" : "skip";
  return consequence({
    class: "breaks",
    sentence: `${who} ${verb} what is written to the new partitions before ${active.length === 1 ? "it sees" : "they see"} them, where auto.offset.reset is latest: up to 5 minutes of it (metadata.max.age.ms).`,
    detail:
      "Set auto.offset.reset to earliest for the time, or a shorter metadata.max.age.ms, or pause the producers. What is set is not seen from here.",
  });
}

function keepsState({ before }: Growing, streams: readonly string[]): Consequence {
  const known = streams.length === 0 ? "" : ` ${listed(streams)} ${streams.length === 1 ? "is" : "are"} of Kafka Streams.`;
  return consequence({
    class: "breaks",
    sentence: `Readers that keep state by partition no longer find that of a key: Kafka Streams stops or counts anew, and what relies on a key's partition, such as a join with another topic of ${formatCountOf(before, "partition")}, gives wrong results.${known}`,
    detail:
      "Stop them, let them read to the end, and start them with new state; or write to a new topic with more partitions and move over.",
  });
}

/** Members beyond the partitions have nothing to read. */
function moreMembers({ cluster, before, after }: Growing, active: readonly string[]): Consequence[] {
  const idle = active.flatMap((id) => {
    const members = cluster.groupMembers?.get(id) ?? 0;
    return members > before ? [{ id, members }] : [];
  });
  const most = idle.reduce((sum, { members }) => Math.max(sum, members), 0);
  if (idle.length === 0) return [];
  const served = most <= after ? "all of them have something to read then" : `${formatCount(after)} have something to read then`;
  const sentence = `${listed(idle.map(({ id }) => id))} ${idle.length === 1 ? "has" : "have"} up to ${formatCountOf(most, "member")} for ${formatCountOf(before, "partition")}: ${served}.`;
  return [consequence({ class: "fine", sentence })];
}
