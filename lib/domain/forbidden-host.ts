/** Names under which clouds answer with the credentials of the machine that asks. */
const METADATA_NAMES = new Set(["metadata", "metadata.google.internal", "instance-data", "instance-data.ec2.internal"]);

/**
 * Whether an address is one that no broker, exporter or provider has, and that would hand a machine's own credentials to whoever asks:
 * link-local addresses and the metadata services of clouds. Names are taken as written: what they resolve to is the network's to say.
 */
export function isForbiddenHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  if (METADATA_NAMES.has(host)) return true;
  if (host.includes(":")) return /^fe[89ab][0-9a-f]?:/.test(host) || host === "fd00:ec2::254" || /:(?:169\.254\.|a9fe:)/.test(host);
  const number = ipv4Number(host);
  return number !== null && (number >>> 16 === 0xa9fe || number === 0x646464c8 || number === 0);
}

/** The same of an address with its scheme. What is no address is for another check to refuse. */
export function isForbiddenUrl(url: string): boolean {
  return URL.canParse(url) && isForbiddenHost(new URL(url).hostname);
}

/** An IPv4 address in any of the ways that programs read one: four parts, fewer, octal, hexadecimal. null: it is a name. */
function ipv4Number(host: string): number | null {
  const parts = host.split(".");
  if (parts.length > 4 || !parts.every((part) => /^(?:0x[0-9a-f]*|\d+)$/.test(part))) return null;
  const numbers = parts.map((part) => (/^0\d/.test(part) ? Number.parseInt(part, 8) : part === "0x" ? 0 : Number(part)));
  const last = numbers.pop() ?? 0;
  const high = numbers.reduce((sum, part, index) => sum + part * 256 ** (3 - index), 0);
  return (high + last) >>> 0;
}

export const FORBIDDEN_HOST = "is an address of a machine's own metadata, or link-local";
