import { getSignIn } from "@/lib/operations/enter/get-sign-in";
import { signIn } from "@/lib/operations/enter/sign-in";
import { route } from "@/lib/server/route";

export const GET = route(getSignIn);
export const POST = route(signIn);
