import type { SecretAnswer } from "@/lib/domain/secret";

const OPERATION = "GetSecretValue";

/** One value of a secret's text: that of a key of its JSON object, or with `key` null the whole. What is wrong is told without the text. */
export function valueIn(text: string, key: string | null): SecretAnswer {
  const object = objectOf(text);
  if (key === null) {
    if (object !== null) return wrong("It holds several values as JSON, and which is meant is not said.", "Name one of them as its key.");
    const value = text.replace(/\r?\n$/, "");
    return value === "" ? wrong("It is empty.", "Give it a value.") : { ok: true, value };
  }
  if (object === null) return wrong("It is no JSON object, so it has no keys.", "Leave the key out to use the whole text.");
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  if (value === undefined) return wrong(`It has no key "${key}".`, "Name a key that it has; capital and small letters count.");
  if (typeof value === "string" && value !== "") return { ok: true, value };
  return wrong(`What it has under "${key}" is no text.`, "Give the key a text that is not empty.");
}

/** The reason why text is no JSON is left out: it repeats the text. */
function objectOf(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function wrong(message: string, remedy: string): SecretAnswer {
  return { ok: false, problem: { code: "invalid", operation: OPERATION, message, remedy } };
}
