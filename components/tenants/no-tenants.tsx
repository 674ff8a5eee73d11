import { useWhyClosed } from "@/components/tenancy/use-why-closed";
import { Button } from "@/components/ui/button";
import { Command } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/notice";

/** A console that was just started: how tenants come to it. Who is limited may only not reach those that are there. */
export function NoTenantsYet() {
  const why = useWhyClosed("shared");
  if (why !== null) {
    return (
      <EmptyState title="No tenants yet">
        None is declared, or none is within what your role reaches. An operator declares them, with their tiers and the topics, groups and
        principals that are theirs.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No tenants yet" next={<Command line="npm run import -- tenants.yaml" />}>
      The console does not guess who your customers are. Declare them, with their tiers and the topics, groups and principals that are
      theirs, in a file, and import it. Importing again updates them and deletes nobody.
    </EmptyState>
  );
}

/** A filter that finds nobody. */
export function NoTenantFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState title="No tenant matches" next={<Button onClick={onClear}>Show all tenants</Button>}>
      Nobody passes the words, terms, view and scope that are set.
    </EmptyState>
  );
}
