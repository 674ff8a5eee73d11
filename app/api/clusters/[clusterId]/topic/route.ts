import { getTopic } from "@/lib/operations/topics/get-topic";
import { route } from "@/lib/server/route";

export const GET = route(getTopic);
