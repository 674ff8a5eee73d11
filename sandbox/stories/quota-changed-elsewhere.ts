import type { QuotaPlan } from "@/sandbox/tenants/plan";
import { asAdmin, castMember } from "./cast-member";
import type { Story } from "./story";
import { untilAborted } from "./until-aborted";

const ACME = castMember("acme");

export const QUOTA_CHANGED_ELSEWHERE: Story = {
  name: "quota-changed-elsewhere",
  tells: "somebody sets acme's produce quota to 35 kB/s a broker with Kafka's tools; its plan declares 50 kB/s",
  play: async ({ sandbox, signal }, began) => {
    await asAdmin(sandbox, ACME, (admin) => admin.setQuotas([ruleOf({ producer_byte_rate: 35_000 })]));
    began();
    await untilAborted(signal);
  },
  undo: (sandbox) => asAdmin(sandbox, ACME, (admin) => admin.setQuotas([ruleOf(ACME.quota ?? {})])),
};

function ruleOf(limits: QuotaPlan) {
  return { entity: { user: ACME.principal }, limits };
}
