import { consume } from "@/sandbox/tenants/consume";
import { castMember } from "./cast-member";
import { deleteGroup } from "./delete-group";
import type { Story } from "./story";

const TERNARY = castMember("ternary");
const GROUP = "ternary.invoices";
const FRESH_MS = 60_000;

export const STUCK_CONSUMER: Story = {
  name: "stuck-consumer",
  tells: "a reader of ternary hangs at its first record with its member alive; after five minutes without a commit it counts as stuck",
  play: async (session, began) => {
    began();
    await consume(session, TERNARY, {
      id: GROUP,
      topics: ["ternary.page-views"],
      protocol: "classic",
      members: 1,
      behaviour: { kind: "hangs", resumeBehindMs: Number.POSITIVE_INFINITY, hangBehindMs: FRESH_MS },
    });
  },
  undo: (sandbox) => deleteGroup(sandbox, TERNARY, GROUP),
};
