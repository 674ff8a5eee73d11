import { z } from "zod";

export const PRINCIPAL_KINDS = ["scram", "mtls", "iam-role", "iam-user"] as const;

/** Who signs in to a cluster. Kafka's own name is derived from the kind; an IAM role stands for all its sessions. */
export const Principal = z.strictObject({
  kind: z.enum(PRINCIPAL_KINDS),
  /** SCRAM user name, certificate name (DN), or ARN of the IAM role or user. */
  name: z.string().min(1).max(512),
});
export type Principal = z.infer<typeof Principal>;

/** A principal of the tenant, with the part of the placement's promise that is meant for it. */
export const PlacedPrincipal = Principal.extend({
  /** 0 to 1. Shares of one placement add up to at most 1; when none is given they are equal. */
  share: z.number().gt(0).max(1).exactOptional(),
});
export type PlacedPrincipal = z.infer<typeof PlacedPrincipal>;

/**
 * A principal that belongs to no single tenant. `service` serves many tenants (the normal case where streams are not exposed
 * to customers); `ours` is infrastructure: connectors, replicators, this console.
 */
export const ServicePrincipal = z.strictObject({
  cluster: z.string(),
  principal: Principal,
  role: z.enum(["service", "ours"]),
  note: z.string().max(200).exactOptional(),
});
export type ServicePrincipal = z.infer<typeof ServicePrincipal>;

/** Names a service among all: one principal of one cluster is declared once. */
export function serviceKey({ cluster, principal }: ServicePrincipal): string {
  return `${cluster} / ${principal.kind} / ${principal.name}`;
}
