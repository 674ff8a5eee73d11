import { formatDuration, formatUtcMinute } from "@/lib/domain/format";
import type { ChecklistItem, TicketView } from "@/lib/domain/views/ticket";

const ANSWERS: Record<ChecklistItem["answer"], string> = { yes: "yes", no: "no", unseen: "cannot see, because" };

/** The checklist as a text for a ticket. `forward` is safe to give to the customer: no other tenant, no principal, no host, no address of ours. */
export function ticketMarkdown(ticket: TicketView, audience: "internal" | "forward", address: string): string {
  const isInternal = audience === "internal";
  const lines = [
    `# ${plain(ticket.tenantName)}`,
    "",
    `${formatUtcMinute(ticket.from)} to ${formatUtcMinute(ticket.to)}${ticket.at === null ? "" : `, as of ${formatUtcMinute(ticket.at)}`}.`,
    "",
    ...ticket.checklist.map(
      ({ question, answer, evidence, forward }) => `- **${question}** ${ANSWERS[answer]}: ${plain(isInternal ? evidence : forward)}`,
    ),
    "",
    ...ticket.caughtUp.map(
      ({ groupId, inMs, arithmetic }) =>
        `- Group ${plain(groupId)}: ${inMs === null ? "" : `caught up in ${formatDuration(inMs)}. `}${plain(arithmetic)}`,
    ),
    ...(isInternal
      ? [
          "",
          ...ticket.episodes.map(
            ({ label, sentence, since, until }) =>
              `- ${formatUtcMinute(since)} to ${until === null ? "now" : formatUtcMinute(until)}: ${label}. ${plain(sentence)}`,
          ),
          "",
          address,
        ]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** Names are given by people: nothing in them is markup. */
function plain(text: string): string {
  return text.replaceAll(/([\\`*_[\]<>#|])/g, "\\$1");
}
