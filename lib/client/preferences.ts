/** What this browser remembers of how the console looks. Cookies, so that the first paint is already right. */
export const PREFERENCES = ["rail", "density", "tenant-columns-hidden"] as const;
export type Preference = (typeof PREFERENCES)[number];

const YEAR_SECONDS = 31_536_000;

export function rememberPreference(name: Preference, value: string | null): void {
  const life = value === null ? "max-age=0" : `max-age=${YEAR_SECONDS}`;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain HTTP
  document.cookie = `${name}=${encodeURIComponent(value ?? "")}; path=/; ${life}; samesite=lax`;
}
