/** Whether browsers reach the console by https: then its cookies go no other way. */
export function isSecure({ baseUrl }: { baseUrl: string | null }): boolean {
  return baseUrl?.startsWith("https://") ?? false;
}

/** Names carry __Host- on https: then no other site of the domain can set them. */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

export const SESSION_COOKIE = "console_session";
export const JOURNEY_COOKIE = "console_journey";

/** A cookie that no script reads and no other site sends along with a write. `lifeSeconds` 0 takes it away. */
export function setCookie(name: string, value: string, secure: boolean, lifeSeconds: number): string {
  const parts = [`${cookieName(name, secure)}=${value}`, "Path=/", "HttpOnly", "SameSite=Lax", `Max-Age=${Math.floor(lifeSeconds)}`];
  return [...parts, ...(secure ? ["Secure"] : [])].join("; ");
}

export function readCookie(headers: Headers, name: string, secure: boolean): string | null {
  const wanted = `${cookieName(name, secure)}=`;
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const text = part.trim();
    if (text.startsWith(wanted)) return text.slice(wanted.length) || null;
  }
  return null;
}
