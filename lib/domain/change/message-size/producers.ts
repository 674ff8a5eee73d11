import type { ScopedTopic } from "@/lib/domain/change/resolve-scope";
import { listed } from "@/lib/domain/change/words";
import { shortPrincipalName } from "@/lib/domain/principal-name";
import type { Registry } from "@/lib/domain/registry";

/**
 * Who may write to topics, as far as is declared: the principals of their tenants on that cluster, and the services that serve many
 * tenants where a topic is shared. Kafka does not tell who really does.
 */
export function producersOf(topics: readonly ScopedTopic[], { services }: Pick<Registry, "services">): string {
  const names = new Set<string>();
  for (const { cluster, tenants } of topics) {
    for (const { tenant } of tenants) {
      for (const { cluster: place, principals } of tenant.placements) {
        if (place === cluster.clusterId) for (const principal of principals) names.add(shortPrincipalName(principal));
      }
    }
    const serves = services.filter((service) => service.cluster === cluster.clusterId && service.role === "service");
    if (tenants.length !== 1) for (const { principal } of serves) names.add(shortPrincipalName(principal));
  }
  return names.size === 0 ? "Who writes here is not declared." : `Declared to write here: ${listed([...names])}.`;
}
