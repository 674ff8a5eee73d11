import { expect, it } from "vitest";
import type { Store } from "@/lib/store";
import { actorOf } from "./actor-of";
import { clientAddress, clientHeader } from "./client-address";

const OFF = { signIn: "off" as const, baseUrl: null, idleMs: 1, probeToken: null };

it.each([
  ["a program on this machine", "127.0.0.1", undefined, {}, "operator"],
  ["a proxy on this machine that tells whom it asks for", "127.0.0.1", "203.0.113.7", {}, "nobody"],
  ["a proxy that tells it in the newer way", "127.0.0.1", undefined, { forwarded: "for=203.0.113.7" }, "nobody"],
  ["a proxy that tells only that it is one", "127.0.0.1", undefined, { via: "1.1 gate" }, "nobody"],
])("without sign-in %s is %s", async (_what, peer, forwardedFor, more, role) => {
  const [name, value] = clientHeader(clientAddress(peer, forwardedFor, 0));
  const request = new Request("http://127.0.0.1:3000/api/status", { headers: { [name]: value, ...more } });
  expect((await actorOf(request, {} as Store, OFF, new Date(0))).role).toBe(role);
});
