type Labels = ReadonlyMap<string, string>;

/** Names of the label that holds a client id, by the exporter's rules. */
export const CLIENT_ID_LABELS = ["client_id", "clientId", "clientid"] as const;

/** Whom a client series is about; an empty name is not part of it. */
export function clientOf(labels: Labels): { user: string; clientId: string } {
  const clientId = CLIENT_ID_LABELS.map((label) => labels.get(label)).find((value) => value !== undefined);
  return { user: decodeUser(labels.get("user") ?? ""), clientId: unquote(clientId ?? "") };
}

/** The topic a series is about; empty: all topics of the broker. */
export function topicOf(labels: Labels): string {
  return unquote(labels.get("topic") ?? "");
}

/** How a user may stand in the label: as it is, and as Kafka percent-encodes it (java.net.URLEncoder, with %20 and %2A). */
export function userLabels(user: string): string[] {
  const encoded = encodeURIComponent(user).replace(/[!'()~*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return [...new Set([user, encoded])].flatMap(quotedToo);
}

/** How a client id or topic may stand in the label: as it is, and as JMX quotes it. */
export function quotedToo(name: string): string[] {
  const quoted = `"${name.replace(/[\\"*?]/g, (char) => `\\${char}`).replace(/\n/g, "\\n")}"`;
  return /^[\w\-%. \t]*$/.test(name) ? [name] : [name, quoted];
}

/** Kafka percent-encodes user names in its metrics; a name that was not encoded stays as it is. */
function decodeUser(label: string): string {
  const text = unquote(label);
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** JMX quotes values with characters of its own syntax: `"a\*b"`. */
function unquote(label: string): string {
  if (label.length < 2 || !label.startsWith('"') || !label.endsWith('"')) return label;
  return label.slice(1, -1).replace(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char));
}
