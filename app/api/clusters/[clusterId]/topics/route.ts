import { listTopics } from "@/lib/operations/topics/list-topics";
import { route } from "@/lib/server/route";

export const GET = route(listTopics);
