import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AuditEntry } from "@/lib/domain/people/audit";
import { appendAudit } from "@/lib/store/audit/append-audit";
import { listAudit } from "@/lib/store/audit/list-audit";
import { createLink, listOpenLinks, readLink, takeLink, withdrawLinks } from "@/lib/store/people/links";
import { hasPeople, listPeople, readPersonByName, readPersonBySso } from "@/lib/store/people/read-people";
import { createSession, endSession, isKnownAddress, listSessions, pruneSessions, readSession } from "@/lib/store/people/sessions";
import { createToken, listTokens, readToken, readTokenEnd, revokeToken } from "@/lib/store/people/tokens";
import { changePerson, createPerson, refreshRole, setPassword } from "@/lib/store/people/write-people";
import type { Store } from "@/lib/store/store";

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.parse("2026-03-01T00:00:00Z");
const at = (ms: number) => new Date(START + ms);

const entry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: at(0).toISOString(),
  kind: "change",
  action: "applyChange",
  subject: "tenant acme",
  outcome: "done",
  code: null,
  actorKind: "person",
  actorId: "p1",
  actor: "ada",
  role: "operator",
  address: "10.0.0.1",
  correlationId: "c1",
  ...changes,
});

export function peopleSuite(open: () => Store): void {
  const person = (name: string, role: "product" | "support" | "operator" = "operator") =>
    createPerson(open(), { id: `id-${name}`, name, role, limits: null, passwordHash: `hash of ${name}`, ssoSubject: null }, at(0));
  const session = (id: string, personId: string, expiresAt = at(DAY)) =>
    createSession(
      open(),
      { id, tokenHash: `hash-${id}`, personId, expiresAt, method: "password", provenAt: at(0), address: "10.0.0.1", userAgent: "Firefox" },
      at(0),
    );

  describe("people", () => {
    it("are nobody at first; names are one person's", async () => {
      expect(await hasPeople(open())).toBe(false);
      await person("ada");
      expect(await hasPeople(open())).toBe(true);
      await expect(person("ada")).rejects.toMatchObject({ code: "conflict" });
      expect(await readPersonByName(open(), "ada")).toMatchObject({
        person: { name: "ada", hasPassword: true },
        passwordHash: "hash of ada",
      });
      expect(await readPersonByName(open(), "nobody")).toBeNull();
      expect(JSON.stringify(await listPeople(open()))).not.toContain("hash of ada");
    });

    it("keep one operator without limits, whoever is changed", async () => {
      await person("bob", "support");
      for (const change of [{ disabled: true }, { role: "support" as const }, { limits: { tenants: ["acme"], tiers: [], clusters: [] } }]) {
        await expect(changePerson(open(), "id-ada", change, at(1))).rejects.toMatchObject({ code: "conflict" });
      }
      await changePerson(open(), "id-bob", { role: "operator" }, at(1));
      expect(await changePerson(open(), "id-ada", { role: "support" }, at(1))).toMatchObject({ role: "support" });
      await expect(changePerson(open(), "id-bob", { disabled: true }, at(1))).rejects.toMatchObject({ code: "conflict" });
      await changePerson(open(), "id-ada", { role: "operator" }, at(1));
      await expect(changePerson(open(), "nobody", { role: "support" }, at(1))).rejects.toMatchObject({ code: "not_found" });
    });

    it("have the role of single sign-on at each sign-in, and never somebody else's name", async () => {
      const grace = {
        id: "id-grace",
        name: "grace",
        role: "product" as const,
        limits: null,
        passwordHash: null,
        ssoSubject: "https://id 1",
      };
      await createPerson(open(), grace, at(0));
      expect(await refreshRole(open(), "id-grace", "grace@example.com", "support", at(1))).toMatchObject({
        name: "grace@example.com",
        role: "support",
      });
      expect(await refreshRole(open(), "id-grace", "ada", "product", at(1))).toMatchObject({ name: "grace@example.com", role: "product" });
      expect(await readPersonBySso(open(), "https://id 1")).toMatchObject({ id: "id-grace" });
      await expect(createPerson(open(), { ...grace, id: "other", name: "other" }, at(0))).rejects.toMatchObject({ code: "conflict" });
    });

    it("are never deleted", async () => {
      await expect(open().run((db) => db.execute(sql`delete from people`))).rejects.toThrow();
    });
  });

  describe("login sessions", () => {
    it("are made for whom is there still, with the password that was compared", async () => {
      await person("late", "support");
      const make = (passwordHash?: string) =>
        createSession(
          open(),
          {
            id: "late",
            tokenHash: "hash-late",
            personId: "id-late",
            expiresAt: at(DAY),
            method: "password",
            provenAt: at(0),
            address: "10.0.0.1",
            userAgent: null,
          },
          at(0),
          passwordHash,
        );
      expect(await make("an older hash")).toBe(false);
      await changePerson(open(), "id-late", { disabled: true }, at(0));
      expect([await make("hash of late"), await make()]).toEqual([false, false]);
      await changePerson(open(), "id-late", { disabled: false }, at(0));
      expect(await readSession(open(), "hash-late", at(0), DAY)).toBeNull();
      expect(await make("hash of late")).toBe(true);
    });

    it("are found by the hash of their token, with the person as they are now", async () => {
      await session("s1", "id-ada");
      expect(await readSession(open(), "hash-s1", at(MINUTE), DAY)).toMatchObject({
        session: { id: "s1", provenAt: at(0).toISOString() },
        person: { name: "ada", role: "operator" },
      });
      await changePerson(open(), "id-ada", { role: "support" }, at(MINUTE));
      expect((await readSession(open(), "hash-s1", at(MINUTE), DAY))?.person.role).toBe("support");
      await changePerson(open(), "id-ada", { role: "operator" }, at(MINUTE));
      expect(await readSession(open(), "hash-s2", at(MINUTE), DAY)).toBeNull();
    });

    it("end when they are idle, when their time is over, and when they are ended", async () => {
      await session("s3", "id-ada", at(3 * MINUTE));
      expect(await readSession(open(), "hash-s3", at(2 * MINUTE), MINUTE)).toBeNull();
      expect(await readSession(open(), "hash-s3", at(3 * MINUTE), DAY)).toBeNull();
      expect(await readSession(open(), "hash-s3", at(MINUTE), DAY)).not.toBeNull();
      expect(await endSession(open(), "s3", at(MINUTE), "id-bob")).toBe(false);
      expect(await endSession(open(), "s3", at(MINUTE), "id-ada")).toBe(true);
      expect(await readSession(open(), "hash-s3", at(MINUTE), DAY)).toBeNull();
    });

    it("live on while they are used", async () => {
      await session("s4", "id-ada");
      for (const minutes of [4, 8, 12]) expect(await readSession(open(), "hash-s4", at(minutes * MINUTE), 5 * MINUTE)).not.toBeNull();
      expect(await readSession(open(), "hash-s4", at(18 * MINUTE), 5 * MINUTE)).toBeNull();
    });

    it("end at once with the person, and all but one with a new password", async () => {
      await session("s5", "id-bob");
      await changePerson(open(), "id-bob", { disabled: true }, at(MINUTE));
      await changePerson(open(), "id-bob", { disabled: false }, at(MINUTE));
      expect(await readSession(open(), "hash-s5", at(MINUTE), DAY)).toBeNull();
      await Promise.all([session("s6", "id-bob"), session("s7", "id-bob")]);
      await setPassword(open(), "id-bob", "new", "s7", at(MINUTE));
      expect((await listSessions(open(), "id-bob", at(MINUTE), DAY)).map(({ id }) => id)).toEqual(["s7"]);
    });

    it("tell the addresses somebody came from, and are forgotten after a season", async () => {
      expect(await isKnownAddress(open(), "id-bob", "10.0.0.1")).toBe(true);
      expect(await isKnownAddress(open(), "id-bob", "10.0.0.2")).toBe(false);
      expect(await pruneSessions(open(), at(80 * DAY))).toBe(0);
      expect(await pruneSessions(open(), at(92 * DAY))).toBeGreaterThan(3);
      expect(await isKnownAddress(open(), "id-bob", "10.0.0.1")).toBe(false);
    });
  });

  describe("one-time links", () => {
    const link = (id: string, changes: { personId?: string; createdBy?: string; createdById?: string | null } = {}) =>
      createLink(
        open(),
        {
          id,
          tokenHash: `hash-${id}`,
          kind: "invitation",
          personId: changes.personId ?? null,
          role: "support",
          limits: null,
          createdBy: changes.createdBy ?? "ada",
          createdById: changes.createdById === undefined ? "id-ada" : changes.createdById,
          expiresAt: at(DAY),
        },
        at(0),
      );

    it("can be used once, until their time is over", async () => {
      await Promise.all([link("l1"), link("l2"), link("l3")]);
      expect(await readLink(open(), "hash-l1", at(1))).toMatchObject({ id: "l1", role: "support" });
      const taken = await Promise.all([1, 2, 3].map(() => takeLink(open(), "hash-l1", at(1))));
      expect(taken.filter((one) => one !== null)).toHaveLength(1);
      expect(await readLink(open(), "hash-l1", at(1))).toBeNull();
      expect(await takeLink(open(), "hash-l2", at(DAY))).toBeNull();
      expect(await withdrawLinks(open(), { id: "l3" }, at(1))).toBe(true);
      expect((await listOpenLinks(open(), at(1))).map(({ id }) => id)).toEqual(["l2"]);
    });

    it("end with whoever made them, whatever they and others are called meanwhile", async () => {
      const sso = { role: "operator" as const, limits: null, passwordHash: null };
      await createPerson(open(), { ...sso, id: "id-ivy", name: "ivy", ssoSubject: "https://id ivy" }, at(0));
      await createPerson(open(), { ...sso, id: "id-joe", name: "joe", ssoSubject: "https://id joe" }, at(0));
      await link("by-ivy", { createdBy: "ivy", createdById: "id-ivy" });
      await link("by-joe", { createdBy: "ivy", createdById: "id-joe" });
      await link("before-ids", { createdBy: "holly", createdById: null });
      await refreshRole(open(), "id-ivy", "holly", "operator", at(1));
      await refreshRole(open(), "id-joe", "ivy", "operator", at(1));
      await changePerson(open(), "id-ivy", { disabled: true }, at(1));
      expect((await listOpenLinks(open(), at(1))).map(({ id }) => id)).toEqual(["l2", "by-joe"]);
    });
  });

  describe("tokens", () => {
    it("work until they expire or are revoked, and tell when they were used", async () => {
      for (const id of ["t1", "t2"]) {
        const limits = { tenants: ["acme"], tiers: [], clusters: [] };
        await createToken(
          open(),
          { id, name: id, tokenHash: `hash-${id}`, role: "support", limits, createdBy: "ada", createdById: "id-ada", expiresAt: at(DAY) },
          at(0),
        );
      }
      expect(await readToken(open(), "hash-t1", at(1))).toMatchObject({ id: "t1", limits: { tenants: ["acme"] } });
      expect((await listTokens(open())).find(({ id }) => id === "t1")?.lastUsedAt).toBe(at(1).toISOString());
      expect(await readToken(open(), "hash-t1", at(DAY))).toBeNull();
      expect(await readTokenEnd(open(), "hash-t1")).toEqual({ name: "t1", expiresAt: at(DAY).toISOString(), revoked: false });
      expect(await revokeToken(open(), "t2", at(1))).toBe(true);
      expect(await readToken(open(), "hash-t2", at(1))).toBeNull();
      expect(await readTokenEnd(open(), "hash-t2")).toMatchObject({ name: "t2", revoked: true });
      expect(await readTokenEnd(open(), "hash-of-none")).toBeNull();
      expect((await listTokens(open())).map(({ id }) => id)).toEqual(["t1"]);
    });
  });

  describe("the audit", () => {
    it("refuses to be changed or cut", async () => {
      await appendAudit(open(), entry());
      for (const statement of [sql`update audit_entries set actor = 'x'`, sql`delete from audit_entries`, sql`truncate audit_entries`]) {
        await expect(open().run((db) => db.execute(statement))).rejects.toThrow();
      }
      expect((await listAudit(open(), {}, { limit: 10 })).total).toBe(1);
    });

    it("grants the console's own role neither change nor deletion", async () => {
      const { rows } = await open().run((db) =>
        db.execute<{ privilege: string }>(
          sql`select privilege_type as privilege from information_schema.role_table_grants where table_name = 'audit_entries' and grantee = current_user order by 1`,
        ),
      );
      expect(rows.map(({ privilege }) => privilege)).toEqual(["INSERT", "REFERENCES", "SELECT", "TRIGGER"]);
    });

    it("shows what was asked for once it came to something, and by itself if it never did", async () => {
      await appendAudit(open(), entry({ correlationId: "c2", outcome: "asked" }));
      await appendAudit(open(), entry({ correlationId: "c2", outcome: "failed", code: "conflict" }));
      await appendAudit(open(), entry({ correlationId: "c3", outcome: "asked" }));
      const { rows } = await listAudit(open(), {}, { limit: 10 });
      expect(rows.map(({ correlationId, outcome }) => [correlationId, outcome])).toEqual([
        ["c3", "asked"],
        ["c2", "failed"],
        ["c1", "done"],
      ]);
    });

    it("is filtered by kind, outcome, time and literal words, in pages", async () => {
      await appendAudit(open(), entry({ correlationId: "c4", kind: "sign-in", actor: "50%_off", at: at(DAY).toISOString() }));
      const found = async (filter: Parameters<typeof listAudit>[1]) =>
        (await listAudit(open(), filter, { limit: 10 })).rows.map((row) => row.correlationId);
      expect(await found({ kind: "sign-in" })).toEqual(["c4"]);
      expect(await found({ outcome: "failed" })).toEqual(["c2"]);
      expect(await found({ words: "%_" })).toEqual(["c4"]);
      expect(await found({ words: "ACME'; drop table audit_entries; --" })).toEqual([]);
      expect(await found({ from: at(DAY).toISOString() })).toEqual(["c4"]);
      const first = await listAudit(open(), {}, { limit: 3 });
      const second = await listAudit(open(), {}, { limit: 3, cursor: first.nextCursor });
      expect([...first.rows, ...second.rows].map((row) => row.correlationId)).toEqual(["c4", "c3", "c2", "c1"]);
      await expect(listAudit(open(), {}, { limit: 3, cursor: "1 or 1=1" })).rejects.toMatchObject({ code: "invalid" });
    });
  });
}
