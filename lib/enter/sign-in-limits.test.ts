import { describe, expect, it } from "vitest";
import { createSignInLimits } from "./sign-in-limits";

const attempt = (address: string, account = "ada") => ({ account, address, known: false });

describe("failures of one account from one place", () => {
  it.each([
    ["the same address", "203.0.113.7", "203.0.113.7", true],
    ["another address", "203.0.113.7", "203.0.113.8", false],
    ["an address of the same network of IPv6", "2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:DB8:1:2::1", true],
    ["the same network, written in short", "2001:db8::1", "2001:db8:0:0:5::", true],
    ["another network of IPv6", "2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ])("are waited for at %s", (_what, failedAt, triedAt, waits) => {
    const limits = createSignInLimits(() => 0);
    for (let count = 0; count < 5; count += 1) limits.failed(attempt(failedAt));
    const check = () => limits.check(attempt(triedAt));
    if (waits) expect(check).toThrow("Too many attempts");
    else expect(check).not.toThrow();
    limits.succeeded(attempt(triedAt));
    expect(check).not.toThrow();
  });
});
