import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { enterPeople, firstLink } from "./people.mjs";

let folder: string;
let server: Server;
let url: string;
const asked: { path: string; origin: string | undefined; cookie: string | undefined; body: Record<string, string> }[] = [];

/** A console that lets in whoever has a link, and knows one token. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "people-"));
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? "";
    response.setHeader("content-type", "application/json");
    if (path === "/api/account") {
      response.statusCode = request.headers.authorization === "Bearer tcm_1" ? 200 : 401;
      return response.end("{}");
    }
    const body = JSON.parse(Buffer.concat(chunks).toString());
    asked.push({ path, origin: request.headers.origin, cookie: request.headers.cookie, body });
    if (path === "/api/links") response.setHeader("set-cookie", `console_session=${body.name}; Path=/; HttpOnly`);
    response.end(JSON.stringify({ url: `${url}/invite#link-${asked.length}`, token: "tcm_1" }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

it("makes one person for each role by the newest link in the log, once, and keeps their passwords from others", async () => {
  const logFile = join(folder, "console.log");
  await writeFile(logFile, "http://127.0.0.1:3000/welcome#old-link\n{}\nhttp://127.0.0.1:3000/welcome#new_link-1\n");
  expect(firstLink(logFile)).toBe("new_link-1");
  const entered = await enterPeople({ url, stateDir: folder, logFile });
  expect(entered.people.map(({ role }) => role)).toEqual(["operator", "support", "product"]);
  expect(new Set(entered.people.map(({ password }) => password)).size).toBe(3);
  for (const { password } of entered.people) expect(password.length).toBeGreaterThanOrEqual(12);
  expect(asked[0]).toMatchObject({ path: "/api/links", origin: url, body: { token: "new_link-1", name: "olivia" } });
  expect(asked.filter(({ path }) => path === "/api/people/invitations").map(({ cookie }) => cookie)).toEqual(
    Array.from({ length: 2 }, () => "console_session=olivia"),
  );
  const file = join(folder, "people.json");
  expect(((await stat(file)).mode & 0o077).toString(8)).toBe("0");
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(entered);
  const before = asked.length;
  expect(await enterPeople({ url, stateDir: folder, logFile })).toEqual(entered);
  expect(asked).toHaveLength(before);
});
