/** The path below which the console is served, fixed when it is built; empty: the root of its origin. */
const BASE_PATH = process.env.NEXT_PUBLIC_BASE_PATH ?? "";

/** A path of the console as the browser has to ask for it. Links of pages need it not: their router knows. */
export function withBase(path: string, base = BASE_PATH): string {
  return base === "" || path === base || path.startsWith(`${base}/`) ? path : `${base}${path}`;
}
