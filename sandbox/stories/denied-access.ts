import type { AclRule } from "@/sandbox/kafka/acls";
import { asAdmin, castMember } from "./cast-member";
import type { Story } from "./story";
import { untilAborted } from "./until-aborted";

const JUNIPER = castMember("juniper");
const READ: AclRule = { user: JUNIPER.principal, resource: "TOPIC", operation: "READ", name: "juniper.", prefixed: true };

export const DENIED_ACCESS: Story = {
  name: "denied-access",
  tells: "somebody deletes the rule that lets juniper read its topics: its consumers are refused",
  play: async ({ sandbox, signal }, began) => {
    await asAdmin(sandbox, JUNIPER, (admin) => admin.disallow([READ]));
    began();
    await untilAborted(signal);
  },
  undo: (sandbox) => asAdmin(sandbox, JUNIPER, (admin) => admin.allow([READ])),
};
