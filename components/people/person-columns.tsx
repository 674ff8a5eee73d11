import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { limitWords } from "@/lib/domain/people/role-limits";
import type { PersonView } from "@/lib/domain/views/people";

/** Who, with which role, over what, and when last here. */
export function personColumns(onOpen: (person: PersonView) => void): Column<PersonView>[] {
  return [
    {
      key: "name",
      head: "Name",
      className: "name",
      cell: ({ name, disabledAt }) => (
        <>
          <bdi>{name}</bdi>
          {disabledAt === null ? null : <span className="tone-muted"> disabled</span>}
        </>
      ),
    },
    { key: "role", head: "Role", cell: ({ role }) => role },
    { key: "reach", head: "Reaches", className: "reach", cell: ({ limits }) => <bdi>{limitWords(limits)}</bdi> },
    {
      key: "by",
      head: "Signs in by",
      cell: ({ hasPassword, hasSso }) => (hasSso ? "single sign-on" : hasPassword ? "password" : "nothing yet"),
    },
    {
      key: "last",
      head: "Last sign-in",
      cell: ({ lastSignInAt }) => (lastSignInAt === null ? <span className="tone-faint">never</span> : <Time at={lastSignInAt} />),
    },
    { key: "sessions", head: "Signed in", align: "right", cell: ({ sessions }) => sessions },
    {
      key: "open",
      head: "",
      align: "right",
      cell: (person) => (
        <Button kind="quiet" aria-label={`Change ${person.name}`} onClick={() => onOpen(person)}>
          Change
        </Button>
      ),
    },
  ];
}
