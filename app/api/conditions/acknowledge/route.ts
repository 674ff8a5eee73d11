import { acknowledgeCondition } from "@/lib/operations/conditions/acknowledge-condition";
import { withdrawAcknowledgement } from "@/lib/operations/conditions/withdraw-acknowledgement";
import { route } from "@/lib/server/route";

export const POST = route(acknowledgeCondition);

export const DELETE = route(withdrawAcknowledgement);
