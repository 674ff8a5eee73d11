import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "./steps.mjs";

/** One for each role. */
const PEOPLE = /** @type {const} */ ([
  ["olivia", "operator"],
  ["sam", "support"],
  ["paula", "product"],
]);

/** @typedef {{ name: string, role: string, password: string }} Person */
/** @typedef {{ people: Person[], token: string }} Entered */

/**
 * The people of a sandbox's console, made by the link that its first start hands out; their passwords are random and stay in the
 * sandbox's folder, which only its owner reads. Answers a token for scripts besides.
 * @param {{ url: string, stateDir: string, logFile: string }} options
 * @returns {Promise<Entered>}
 */
export async function enterPeople({ url, stateDir, logFile }) {
  const file = join(stateDir, "people.json");
  const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  if (known !== null && (await isTaken(url, known.token))) return known;
  const link = firstLink(logFile);
  if (link === null) throw new Problem("The console has people whom nobody here knows: npm run demo -- --reset");
  const [[firstName, firstRole], ...others] = PEOPLE;
  const first = { name: firstName, role: firstRole, password: password() };
  const cookie = await follow(url, link, first);
  const people = [first];
  for (const [name, role] of others) {
    const invited = { name, role, password: password() };
    const { url: invitation } = await (await post(url, "/api/people/invitations", { role }, cookie)).json();
    await follow(url, invitation.split("#").at(-1), invited);
    people.push(invited);
  }
  const { token } = await (await post(url, "/api/tokens", { name: "sandbox", role: "operator", days: 366 }, cookie)).json();
  const entered = { people, token };
  writeFileSync(file, JSON.stringify(entered), { mode: 0o600 });
  return entered;
}

/** @param {string} url @param {string} token */
async function isTaken(url, token) {
  return (await fetch(`${url}/api/account`, { headers: { authorization: `Bearer ${token}` } })).ok;
}

/** The token of the newest link in the console's log; null: there is none. @param {string} logFile */
export function firstLink(logFile) {
  return (
    readFileSync(logFile, "utf8")
      .match(/\/welcome#([\w-]+)/g)
      ?.at(-1)
      ?.slice("/welcome#".length) ?? null
  );
}

const password = () => randomBytes(9).toString("base64url");

/**
 * Uses a link and answers the cookie of who entered by it.
 * @param {string} url
 * @param {string} token
 * @param {Person} person
 */
async function follow(url, token, { name, password }) {
  const answer = await post(url, "/api/links", { token, name, password });
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/**
 * @param {string} url
 * @param {string} path
 * @param {object} body
 * @param {string} [cookie]
 */
async function post(url, path, body, cookie) {
  const headers = { "content-type": "application/json", origin: new URL(url).origin, ...(cookie === undefined ? {} : { cookie }) };
  const answer = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Problem(`The console refused ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}
