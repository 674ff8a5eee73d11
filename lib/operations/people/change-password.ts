import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { NewPassword } from "@/lib/domain/people/person";
import { Done } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";
import { readPersonByName, setPassword } from "@/lib/store";

export const changePassword = defineOperation({
  name: "changePassword",
  summary: "Sets one's own password, given the present one, and signs out everywhere else.",
  method: "POST",
  path: "/api/account/password",
  roles: EVERYONE,
  limits: "within",
  audit: "people",
  about: () => "one's own password",
  input: z.strictObject({ present: z.string().min(1).max(200), next: NewPassword }),
  output: Done,
  act: async ({ actor, store, enter, now }, { present, next }) => {
    const known = actor.kind === "person" ? await readPersonByName(store, actor.name) : null;
    if (known === null || known.passwordHash === null) throw new AppError("conflict", "There is no password to change here.");
    const attempt = { account: actor.name, address: enter.browser.address ?? "unknown", known: true };
    enter.limits.check(attempt);
    if (!(await enter.passwords.matches(present, known.passwordHash))) {
      enter.limits.failed(attempt);
      throw new AppError("invalid", "present: is not your password", { details: [{ path: "present", message: "is not your password" }] });
    }
    await setPassword(store, known.person.id, await enter.passwords.hash(next), actor.session?.id ?? null, now());
    return { done: true as const };
  },
});
