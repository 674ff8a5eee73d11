import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseEnv } from "@/lib/env";
import { clientAddress } from "@/lib/server/enter/client-address";
import { REPOSITORY } from "./layout.mjs";

const read = (file: string) => readFileSync(join(REPOSITORY, file), "utf8");
const settings = [...read("lib/env.ts").matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name = ""]) => name);

/** The variables of a file of lines NAME=value. */
function variables(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => /^[A-Z]/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

describe("what is written down for whoever runs the console", () => {
  it("names every setting in .env.example, which can be used as it is, and in operations.md", () => {
    expect(settings.length).toBeGreaterThan(20);
    const text = read(".env.example");
    const given = variables(text);
    // One that must not be there empty stands behind a `#`.
    expect(
      Object.keys(variables(text.replaceAll(/^#(?=[A-Z])/gm, "")))
        .filter((name) => !["PORT", "LISTEN"].includes(name))
        .toSorted(),
    ).toEqual(settings.toSorted());
    expect(parseEnv(given).enter).toEqual(parseEnv({}).enter);
    const operations = read("docs/operations.md");
    for (const name of settings) expect(operations).toContain(`\`${name}\``);
  });

  it("starts the server with the flags that scripts start it with", () => {
    const [, flags = ""] = /FLAGS = \[(.*)\]/.exec(read("scripts/lib/server.mjs")) ?? [];
    for (const flag of flags.split(", ").map((one) => one.replaceAll('"', ""))) {
      for (const file of ["deploy/Dockerfile", "deploy/tenant-console.service"]) expect(read(file)).toContain(flag);
    }
    for (const file of ["deploy/Dockerfile", "deploy/tenant-console.service"]) expect(read(file)).toContain("NEXT_MANUAL_SIG_HANDLE=true");
  });

  it("asks for the container's health as a program on the console's own machine, however many proxies are told of", () => {
    const [, expression = ""] = /'x-forwarded-for': (.*?) \} \}\)/.exec(read("deploy/Dockerfile")) ?? [];
    const headerFor = new Function("process", `return ${expression}`);
    for (const hops of [undefined, 0, 1, 2]) {
      const header: string = headerFor({ env: hops === undefined ? {} : { TRUSTED_HOPS: String(hops) } });
      expect(clientAddress("127.0.0.1", header, hops ?? 0)).toEqual({ address: "127.0.0.1", local: true });
    }
  });

  it("has a compose file that can be read, without a secret in it, whose console nobody reaches but the proxy", () => {
    const { services } = parse(read("deploy/compose.yaml"));
    expect(services.console.ports).toEqual(["127.0.0.1:3000:3000"]);
    expect(services.console.environment.DATABASE_URL).toContain(":$" + "{POSTGRES_PASSWORD:?");
  });
});
