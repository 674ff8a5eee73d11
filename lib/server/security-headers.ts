/** Headers of every answer of the API. Nothing of it may be framed, run, sniffed or read by another site. */
const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-resource-policy", "same-origin"],
];

/** Two years, once the console is known under https. */
const STRICT_TRANSPORT: readonly [string, string] = ["strict-transport-security", "max-age=63072000"];

/** The API's headers, for the address the console is known by. */
export function apiHeaders(baseUrl: string | null): readonly (readonly [string, string])[] {
  return [...SECURITY_HEADERS, ...transportHeaders(baseUrl)];
}

/** For pages and API alike. */
export function transportHeaders(baseUrl: string | null): readonly (readonly [string, string])[] {
  return baseUrl?.startsWith("https://") ? [STRICT_TRANSPORT] : [];
}

/** The policy of a page: scripts only with this answer's nonce. Styles may be inline, which charts and virtual rows need. */
export function pagePolicy(nonce: string, development: boolean): string {
  const scripts = `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`;
  return [
    "default-src 'self'",
    scripts,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
