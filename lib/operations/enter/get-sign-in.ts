import { z } from "zod";
import { SignInView } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { ANYONE } from "@/lib/operations/roles";
import { hasPeople } from "@/lib/store";

export const getSignIn = defineOperation({
  name: "getSignIn",
  summary: "How one enters this console: by password, by single sign-on, or not at all.",
  method: "GET",
  path: "/api/sign-in",
  roles: ANYONE,
  limits: "within",
  input: z.strictObject({}),
  output: SignInView,
  act: async ({ enter: { signIn, ssoLabel }, store }) => ({ signIn, ssoLabel, empty: signIn !== "off" && !(await hasPeople(store)) }),
});
