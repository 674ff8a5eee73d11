import { readFileSync } from "node:fs";
import { Problem } from "./steps.mjs";

/**
 * Sends a tenants file to a console, which takes all of it or nothing.
 * @param {string} file
 * @param {string} url the console's address
 * @param {string} [token] of an operator; absent: the console has no sign-in
 */
export async function importTenants(file, url, token) {
  const answer = await send(file, url, token);
  const text = await answer.text();
  if (!answer.ok) throw new Problem(refusal(file, answer.status, text));
  console.log(`imported ${file}: ${counted(text)}`);
}

/**
 * What the console did, in words: `tenants 3 created, 1 updated; tiers 2 unchanged`.
 * @param {string} text
 * @returns {string}
 */
export function counted(text) {
  /** @type {[string, Record<string, number>][]} */
  const kinds = Object.entries(JSON.parse(text));
  return kinds
    .map(([kind, counts]) => {
      const done = Object.entries(counts).filter(([, count]) => count > 0);
      return `${kind} ${done.map(([what, count]) => `${count} ${what}`).join(", ") || "none"}`;
    })
    .join("; ");
}

/**
 * @param {string} file
 * @param {string} url
 * @param {string | undefined} token
 */
async function send(file, url, token) {
  let body;
  try {
    body = readFileSync(file, "utf8");
  } catch (error) {
    throw new Problem(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const headers = { "content-type": "application/yaml", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  try {
    return await fetch(`${url}/api/import`, { method: "POST", headers, body });
  } catch (error) {
    const { cause } = /** @type {{ cause?: Error }} */ (error);
    throw new Problem(`No console answers at ${url} (${cause?.message ?? error}). Start it, or name another: CONSOLE_URL=http://…`);
  }
}

/**
 * What the console objects to, one line for each place in the file.
 * @param {string} file
 * @param {number} status
 * @param {string} text
 * @returns {string}
 */
export function refusal(file, status, text) {
  let error;
  try {
    error = JSON.parse(text).error;
  } catch {
    error = undefined;
  }
  if (error === undefined || error === null) return `${file} was not imported: the console answered ${status}\n${text.slice(0, 500)}`;
  const details = Array.isArray(error.details) ? error.details : [];
  const lines = details.map((detail) => `${file}${detail.line === undefined ? "" : `:${detail.line}`}: ${detail.path}: ${detail.message}`);
  return [`${file} was not imported: ${error.message}`, ...lines].join("\n");
}
