import { signOut } from "@/lib/operations/enter/sign-out";
import { route } from "@/lib/server/route";

export const POST = route(signOut);
