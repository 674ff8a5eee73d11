import { formatUtcMinute } from "@/lib/domain/format";
import { markdownText } from "@/lib/domain/markdown-text";
import type { AdviceView, StreamAdvice } from "@/lib/domain/views/advice";

const LEVELS = { fits: "fits", conditions: "fits on conditions", no: "does not fit" } as const;
const VERDICTS = { yes: "met", conditional: "on a condition", no: "not met" } as const;

/** The advice as a text for a ticket or a decision record; `address` leads back to it. */
export function adviceMarkdown(advice: AdviceView, address: string): string {
  const { tenant, streams, together, cost, at } = advice;
  const subject = tenant === null ? "Which isolation model fits" : `Which isolation model fits ${markdownText(tenant.name)}`;
  const today = tenant === null || tenant.models.length === 0 ? [] : [`Today: ${tenant.models.join(" and ")}.`, ""];
  const lines = [
    `# ${subject}`,
    "",
    markdownText(together),
    "",
    ...today,
    ...streams.flatMap((stream) => streamLines(stream, streams.length > 1)),
    `Cost: ${markdownText(cost)}`,
    "",
    `Needs: \`${advice.needs === "" ? "none" : advice.needs}\`${at === null ? "" : `, as of ${formatUtcMinute(at)}`}. ${address}`,
  ];
  return `${lines.join("\n")}\n`;
}

function streamLines({ name, fits, sentence, moves }: StreamAdvice, isNamed: boolean): string[] {
  const lines = isNamed ? [`## ${name === "" ? "Unnamed stream" : markdownText(name)}`, "", markdownText(sentence), ""] : [];
  for (const { model, level, reasons } of fits) {
    lines.push(`- **${model}** ${LEVELS[level]}`);
    for (const { need, verdict, why } of reasons) lines.push(`  - ${markdownText(need)}: ${VERDICTS[verdict]}. ${markdownText(why)}`);
  }
  lines.push("");
  for (const { from, to, steps } of moves) {
    lines.push(`Moving from ${from} to ${to}:`, "", ...steps.map(({ step, because }, at) => `${at + 1}. ${step} ${because}`), "");
  }
  return lines;
}
