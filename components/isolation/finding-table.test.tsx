// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, fireEvent, render, screen } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PostureFinding, PostureView } from "@/lib/domain/views/posture";
import { FindingTable } from "./finding-table";

// A busy machine is slow, and no test is about speed.
configure({ asyncUtilTimeout: 10_000 });

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams("cluster=c1") }));
afterEach(cleanup);

const AT = "2026-11-23T12:00:00.000Z";
const status = { clusters: [], collector: "running", actor: { name: "ada", role: "operator", limited: null }, tenants: 1, now: AT };
vi.stubGlobal("fetch", async () => new Response(JSON.stringify(status), { status: 200 }));

const LINE = "kafka-acls.sh --remove --allow-principal User:tern --operation Read --topic '*'";
const finding = (changes: Partial<PostureFinding> = {}): PostureFinding => ({
  id: "erasure.late|c1|acme|topics",
  rule: "erasure.late",
  severity: "warn",
  label: "Erased too late",
  sentence: "acme.orders keeps records up to 15 days.",
  evidence: { topic: "acme.orders", commands: LINE, affects: "acme" },
  tenantId: "acme",
  clusterId: "c1",
  subject: "topics",
  since: AT,
  until: null,
  acknowledged: null,
  remedy: "Shorten retention.",
  way: { href: "/tenants/acme/topics", word: "Topics" },
  plans: [{ href: "/clusters/c1/topics/acme.orders/change/retention?value=7%20days&reason=why", words: "Keep acme.orders for 7 days" }],
  commands: null,
  affects: { count: 1, tenants: [{ id: "acme", name: "Acme" }] },
  ...changes,
});

function show(...findings: PostureFinding[]): void {
  const view: PostureView = {
    at: AT,
    checkedAt: AT,
    counts: { danger: 0, warn: 1, info: 0, acknowledged: 0 },
    findings,
    total: findings.length,
    clusterNames: { c1: "shared-1" },
    checks: [],
  };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NuqsTestingAdapter>
        <FindingTable view={view} />
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Erased too late" }));
}

describe("a finding that is open", () => {
  test("leads to the form that makes it good, with value and reason filled in", () => {
    show(finding());
    const href = screen.getByRole("link", { name: "Keep acme.orders for 7 days" }).getAttribute("href") ?? "";
    expect(href).toMatch(/^\/clusters\/c1\/topics\/acme\.orders\/change\/retention\?value=7(\+|%20)days&reason=why/);
    expect(screen.queryByText(LINE)).toBeNull();
  });

  test("shows the lines of Kafka's tools as text, to be copied, and once", () => {
    show(finding({ plans: [], commands: LINE }));
    expect(screen.getAllByText(LINE)).toHaveLength(1);
    expect(screen.getByRole("button", { name: "Copy the commands" })).toBeDefined();
  });

  test("can be acknowledged; one that is says by whom, until when and why", async () => {
    show(finding());
    fireEvent.click(await screen.findByRole("button", { name: /Acknowledge erased too late/ }));
    expect(await screen.findByRole("button", { name: "4 weeks" })).toBeDefined();
    cleanup();
    show(finding({ acknowledged: { by: "ada", until: "2026-12-01T00:00:00.000Z", reason: "moving out in May" } }));
    expect(screen.getByText("moving out in May")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Acknowledge erased/ })).toBeNull();
  });
});

describe("what somebody wrote into names and headers", () => {
  test("is shown as the text it is, wherever a finding tells it", () => {
    const hostile = '<script>globalThis.ran = true</script><img src="x" onerror="globalThis.ran = true">';
    show(
      finding({
        label: "Erased too late",
        sentence: `90 % of pool.x do not say whose they are; those have the headers ${hostile}.`,
        evidence: { topic: hostile, examples: hostile, commands: `echo ${hostile}`, affects: "acme" },
        subject: `topic ${hostile}`,
        remedy: hostile,
        affects: { count: 1, tenants: [{ id: "acme", name: hostile }] },
      }),
    );
    expect(document.querySelectorAll("script, img")).toHaveLength(0);
    expect(document.body.textContent).toContain(`those have the headers ${hostile}.`);
    expect(Reflect.has(globalThis, "ran")).toBe(false);
  });
});
