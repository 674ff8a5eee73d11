const OWN = "http://console.invalid";

/** Where to go after signing in: a path of the console. Anything that a browser could take for another site becomes the first page. */
export function returnPath(given: string | null | undefined): string {
  if (!given?.startsWith("/") || given.length > 2_000) return "/";
  if (!URL.canParse(given, OWN)) return "/";
  const { origin, pathname, search, hash } = new URL(given, OWN);
  // The parser turns \ into / and drops tabs and line breaks, as browsers do, so that what is left is what they would follow.
  if (origin !== OWN || pathname.startsWith("//") || pathname.startsWith("/api/")) return "/";
  return `${pathname}${search}${hash}`;
}
