import { describe, expect, it } from "vitest";
import { clientAddress, clientHeader, readClientAddress } from "./client-address";

describe("the address of whoever asks", () => {
  it.each([
    ["without proxies it is the peer", "203.0.113.7", undefined, 0, "203.0.113.7", false],
    ["without proxies the header is worth nothing", "203.0.113.7", "127.0.0.1", 0, "203.0.113.7", false],
    ["this machine", "127.0.0.1", undefined, 0, "127.0.0.1", true],
    ["this machine over IPv6", "::ffff:127.0.0.1", undefined, 0, "127.0.0.1", true],
    ["a proxy on this machine that nobody told of makes nobody local", "127.0.0.1", "203.0.113.7", 0, "127.0.0.1", false],
    ["one proxy tells who asked it", "10.0.0.2", "203.0.113.7", 1, "203.0.113.7", false],
    ["what stands left of that the asker wrote", "10.0.0.2", "127.0.0.1, 203.0.113.7", 1, "203.0.113.7", false],
    ["two proxies", "10.0.0.3", "6.6.6.6, 203.0.113.7, 10.0.0.2", 2, "203.0.113.7", false],
    ["past the proxy, straight to the console's own port", "203.0.113.7", undefined, 1, "203.0.113.7", false],
    ["past the proxy, with a header that says otherwise", "203.0.113.7", "127.0.0.1", 1, "127.0.0.1", false],
    ["past the outer of two proxies, with a header that says otherwise", "127.0.0.1", "127.0.0.1, 203.0.113.7", 2, "127.0.0.1", false],
    ["this machine, where a proxy was to be expected", "127.0.0.1", undefined, 1, "127.0.0.1", false],
    ["this machine through its own proxy", "127.0.0.1", "127.0.0.1", 1, "127.0.0.1", true],
  ])("%s", (_what, peer, forwarded, hops, address, local) => {
    expect(clientAddress(peer, forwarded, hops)).toEqual({ address, local });
  });

  it("is read only of a note that this process wrote", () => {
    const [name, value] = clientHeader({ address: "10.0.0.1", local: true });
    expect(readClientAddress(new Headers({ [name]: value }))).toEqual({ address: "10.0.0.1", local: true });
    for (const forged of ["local 127.0.0.1", `${"0".repeat(32)} local 127.0.0.1`, "", "a"]) {
      expect(readClientAddress(new Headers({ [name]: forged }))).toEqual({ address: "unknown", local: false });
    }
  });
});
