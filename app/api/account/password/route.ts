import { changePassword } from "@/lib/operations/people/change-password";
import { route } from "@/lib/server/route";

export const POST = route(changePassword);
