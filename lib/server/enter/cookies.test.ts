import { expect, it } from "vitest";
import { isSecure, readCookie, SESSION_COOKIE, setCookie } from "./cookies";

it("on https a cookie goes by TLS alone, and no other site of the domain can set one", () => {
  expect(setCookie(SESSION_COOKIE, "a", true, 60)).toBe("__Host-console_session=a; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
  const both = new Headers({ cookie: "console_session=planted; __Host-console_session=own; x=y" });
  expect(readCookie(both, SESSION_COOKIE, true)).toBe("own");
  expect(readCookie(new Headers({ cookie: "console_session=planted" }), SESSION_COOKIE, true)).toBeNull();
});

it.each([
  ["https://console.example.com", true],
  ["http://console.lan", false],
  [null, false],
])("%s is secure: %s", (baseUrl, secure) => {
  expect(isSecure({ baseUrl })).toBe(secure);
});

it("an empty cookie, and one whose name only begins the same, are none", () => {
  expect(readCookie(new Headers({ cookie: "console_session=; console_session_x=1" }), SESSION_COOKIE, false)).toBeNull();
  expect(readCookie(new Headers(), SESSION_COOKIE, false)).toBeNull();
});
