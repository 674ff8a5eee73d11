import { resetPassword } from "@/lib/operations/people/reset-password";
import { route } from "@/lib/server/route";

export const POST = route(resetPassword);
