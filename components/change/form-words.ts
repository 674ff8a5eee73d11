import type { TenantChange, TopicChange } from "@/lib/domain/paths";

/** What a form is called, and what the setting means. */
export const FORM_WORDS: Record<TenantChange | TopicChange, { title: string; sentence: string }> = {
  retention: {
    title: "Change retention",
    sentence: "How long records stay before Kafka deletes them. Nothing is written until you apply.",
  },
  "message-size": {
    title: "Change message size",
    sentence:
      "The largest batch of records a topic admits; each step on a record’s way must admit it too. Nothing is written until you apply.",
  },
  quota: {
    title: "Change quotas",
    sentence:
      "What the tenant may do as a whole. Kafka limits each user on each broker; the rules follow from it. Nothing is written until you apply.",
  },
  tier: {
    title: "Change tier",
    sentence:
      "What is promised to the tenant, with the quotas, retention and message sizes that follow. Nothing is written until you apply.",
  },
  partitions: { title: "Add partitions", sentence: "How many parts a topic has. Kafka can add some, and never takes one away." },
};
