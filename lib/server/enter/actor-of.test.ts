import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { HeldSecret, SecretAnswer } from "@/lib/domain/secret";
import { openStore, type Store } from "@/lib/store";
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

describe("a token for probes that Secrets Manager holds", () => {
  const TOKEN = "probe-token-of-the-secret";
  let store: Store;
  beforeAll(async () => {
    store = await openStore({ memory: true });
  });
  afterAll(() => store.close());

  const ask = (answer: SecretAnswer, bearer = TOKEN) => {
    const refused = vi.fn();
    const probeToken: HeldSecret = { name: "probe", read: async () => answer, refused };
    const [name, value] = clientHeader(clientAddress("203.0.113.7", undefined, 0));
    const request = new Request("http://127.0.0.1:3000/api/health", { headers: { [name]: value, authorization: `Bearer ${bearer}` } });
    return { who: actorOf(request, store, { ...OFF, signIn: "local", probeToken }, new Date(0)), refused };
  };

  it("lets a program in that shows it, and nobody with another one, who asks nothing of Secrets Manager", async () => {
    expect((await ask({ ok: true, value: TOKEN }).who).role).toBe("probe");
    const { who, refused } = ask({ ok: true, value: TOKEN }, "another-token-of-somebody");
    expect((await who).role).toBe("nobody");
    expect(refused).not.toHaveBeenCalled();
  });

  it("lets nobody in while it cannot be read, or is too short to be one", async () => {
    const problem = { code: "forbidden" as const, operation: "GetSecretValue", message: "The secret probe cannot be used." };
    expect((await ask({ ok: false, problem }).who).role).toBe("nobody");
    expect((await ask({ ok: true, value: "short-token-0123".slice(0, 15) }, "short-token-0123".slice(0, 15)).who).role).toBe("nobody");
  });
});
