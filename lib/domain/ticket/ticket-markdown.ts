import { formatDuration, formatUtcMinute } from "@/lib/domain/format";
import { markdownText } from "@/lib/domain/markdown-text";
import type { ChecklistItem, TicketView } from "@/lib/domain/views/ticket";

const ANSWERS: Record<ChecklistItem["answer"], string> = { yes: "yes", no: "no", unseen: "cannot see, because" };

/** The checklist as a text for a ticket. `forward` is safe to give to the customer: no other tenant, no principal, no host, no address of ours. */
export function ticketMarkdown(ticket: TicketView, audience: "internal" | "forward", address: string): string {
  const isInternal = audience === "internal";
  const lines = [
    `# ${markdownText(ticket.tenantName)}`,
    "",
    `${formatUtcMinute(ticket.from)} to ${formatUtcMinute(ticket.to)}${ticket.at === null ? "" : `, as of ${formatUtcMinute(ticket.at)}`}.`,
    "",
    ...ticket.checklist.map(
      ({ question, answer, evidence, forward }) => `- **${question}** ${ANSWERS[answer]}: ${markdownText(isInternal ? evidence : forward)}`,
    ),
    "",
    ...ticket.caughtUp.map(
      ({ groupId, inMs, atLeast, arithmetic }) =>
        `- Group ${markdownText(groupId)}: ${inMs === null ? "" : `caught up in ${atLeast ? "at least " : ""}${formatDuration(inMs)}. `}${markdownText(arithmetic)}`,
    ),
    ...(isInternal
      ? [
          "",
          ...ticket.episodes.map(
            ({ label, sentence, since, until }) =>
              `- ${formatUtcMinute(since)} to ${until === null ? "now" : formatUtcMinute(until)}: ${label}. ${markdownText(sentence)}`,
          ),
          "",
          address,
        ]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
