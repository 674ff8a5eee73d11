// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { expect, it, vi } from "vitest";
import { refusal } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import type { Role } from "@/lib/domain/people/roles";
import type { ShownBytes } from "@/lib/domain/records/shown-bytes";
import type { ShownRecord } from "@/lib/domain/records/shown-record";
import type { TopicDetail } from "@/lib/domain/views/clusters";
import type { PayloadAccess, RecordsView } from "@/lib/domain/views/records";
import { TopicRecords } from "./topic-records";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));
setUpBrowser();

const AT = "2026-11-23T12:00:00.000Z";
const TOPIC = { clusterId: "c1", clusterName: "Shared", topic: "acme.orders", partitions: 6, recordsClosed: null } as TopicDetail;
const text = (shown: string, more: Partial<ShownBytes> = {}): ShownBytes => ({
  form: "text",
  shown,
  bytes: shown.length,
  cut: false,
  coded: 0,
  ...more,
});
const record = (offset: string, more: Partial<ShownRecord> = {}): ShownRecord => ({
  partition: 3,
  offset,
  at: "2026-11-23T11:59:59.123Z",
  key: text("order-1"),
  value: text("{}"),
  headers: [],
  headerCount: 0,
  ...more,
});
const viewOf = (records: ShownRecord[], more: Partial<RecordsView> = {}): RecordsView => ({
  records,
  partitionsRead: 6,
  partitions: 6,
  problems: [],
  at: AT,
  ...more,
});

interface Shown {
  allowed: boolean;
  role?: Role;
  limited?: string | null;
  topic?: TopicDetail;
  answer?: RecordsView | Response;
}

function show({ allowed, role = "operator", limited = null, topic = TOPIC, answer = viewOf([record("7")]) }: Shown) {
  const looks: unknown[] = [];
  const access: PayloadAccess = { clusterId: "c1", clusterName: "Shared", allowed, switches: [] };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    if (init.method === "POST") {
      looks.push([path, JSON.parse(String(init.body))]);
      return answer instanceof Response ? answer : new Response(JSON.stringify(answer));
    }
    if (path.startsWith("/api/status")) return new Response(JSON.stringify({ clusters: [], actor: { name: "me", role, limited } }));
    return new Response(JSON.stringify(access));
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { unmount } = render(
    <NuqsTestingAdapter>
      <QueryClientProvider client={client}>
        <TopicRecords topic={topic} />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  return { looks, client, access, unmount };
}

const button = (name: string) => screen.findByRole("button", { name });

it.each([
  ["operator", null, "Allow it on the cluster’s page", "You can allow it"],
  ["operator", "tenants acme", "The cluster’s page", "ask one of them"],
  ["support", null, "The cluster’s page", "ask one of them"],
] as const)("says to %s, limited to %s, that nobody sees records, and who can change it", async (role, limited, link, words) => {
  const { looks } = show({ allowed: false, role, limited });
  expect((await screen.findByRole("link", { name: link })).getAttribute("href")).toBe("/clusters/c1#payloads");
  expect(screen.getByText(/shown to nobody/).textContent).toContain(words);
  expect(screen.queryByRole("button")).toBeNull();
  expect(looks).toEqual([]);
});

it("says why a topic is closed to whoever looks at it, whatever is allowed", async () => {
  show({ allowed: true, topic: { ...TOPIC, recordsClosed: "It holds records of several tenants." } });
  expect(await screen.findByText("It holds records of several tenants.")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

it("reads nothing until it is asked to, and forgets what it showed with the page", async () => {
  const { looks, client, unmount } = show({ allowed: true, role: "support", answer: viewOf([record("7", { value: text("secret-1") })]) });
  const newest = await button("Show newest records");
  expect(looks).toEqual([]);
  expect(screen.getByText(/Each look is kept in the audit/)).toBeTruthy();
  fireEvent.click(newest);
  expect(await screen.findByText("secret-1")).toBeTruthy();
  expect(looks).toEqual([["/api/clusters/c1/records", { topic: "acme.orders" }]]);
  const cached = () =>
    JSON.stringify([client.getMutationCache().getAll(), client.getQueryCache().getAll()].map((all) => all.map((one) => one.state)));
  expect(cached()).toContain("secret-1");
  unmount();
  await waitFor(() => expect(cached()).not.toContain("secret-1"));
});

it("hides records when it is told to, and when looking was taken back", async () => {
  const { client, access } = show({ allowed: true, answer: viewOf([record("7", { value: text("secret-1") })]) });
  fireEvent.click(await button("Show newest records"));
  await screen.findByText("secret-1");
  fireEvent.click(await button("Hide"));
  await waitFor(() => expect(screen.queryByText("secret-1")).toBeNull());
  fireEvent.click(await button("Show newest records"));
  await screen.findByText("secret-1");
  client.setQueryData(["clusters", "c1", "payloads"], { ...access, allowed: false });
  await waitFor(() => expect(screen.queryByText("secret-1")).toBeNull());
});

it("shows what is in records as text, with what of it is not there or not all there", async () => {
  const hostile = '<img src="x" onerror="window.hacked = true"><script>window.hacked = true</script>';
  const records = [
    record("9007199254740993", { value: text(hostile), headers: [{ name: "<b>x</b>", value: text(hostile) }], headerCount: 3 }),
    record("8", { key: null, value: null, at: null }),
    record("7", { value: text("") }),
    record("6", { value: text("ff 01", { form: "hex", bytes: 1_048_576, cut: true }), key: text("\\u{202e}", { coded: 1 }) }),
  ];
  show({ allowed: true, answer: viewOf(records) });
  fireEvent.click(await button("Show newest records"));
  const [first, tombstone, empty, binary] = (await screen.findAllByRole("article")).map((one) => within(one));
  expect(first?.getByText("Offset 9,007,199,254,740,993")).toBeTruthy();
  expect(first?.getAllByText(hostile)).toHaveLength(2);
  expect(first?.getByText("<b>x</b>")).toBeTruthy();
  expect(first?.getByText(/2 more headers/)).toBeTruthy();
  expect(document.querySelector("main img, article img, article script, article b")).toBeNull();
  expect(tombstone?.getByText(/tombstone/)).toBeTruthy();
  expect(tombstone?.getByText("no key")).toBeTruthy();
  expect(tombstone?.getByText("no time")).toBeTruthy();
  expect(empty?.getByText("empty")).toBeTruthy();
  expect(binary?.getByText(/not UTF-8, so in hex · the beginning of 1\.05.MB \(1,048,576 bytes\)/)).toBeTruthy();
  expect(binary?.getByText(/1 unseen character shown by code/)).toBeTruthy();
});

it("says what could not be read, and of how much of the topic records are", async () => {
  const problems = [{ code: "forbidden" as const, operation: "Fetch", message: "The broker refuses this.", remedy: "Allow READ." }];
  show({ allowed: true, answer: viewOf([], { problems, partitionsRead: 16, partitions: 48 }) });
  fireEvent.click(await button("Show newest records"));
  expect(await screen.findByText(/The broker refuses this\. Allow READ\./)).toBeTruthy();
  expect(screen.getByText(/No record was found there/).textContent).toContain("from 16 of 48 partitions");
});

it("asks for a place in the log, and tells what is wrong at the field", async () => {
  const message = "is not there: the partition holds 100 to 199 now";
  const answer = refusal(400, "invalid", `offset: ${message}`, [{ path: "offset", message }]);
  const { looks } = show({ allowed: true, answer });
  const partition = await screen.findByRole<HTMLInputElement>("textbox", { name: "Partition" });
  const offset = screen.getByRole<HTMLInputElement>("textbox", { name: "From offset" });
  const send = async () => fireEvent.click(await button("Show from there"));
  await send();
  expect(screen.getByText("A number from 0 to 5.")).toBeTruthy();
  fireEvent.change(partition, { target: { value: "6" } });
  fireEvent.change(offset, { target: { value: "1e3" } });
  await send();
  expect(screen.getByText("A number from 0 to 5.")).toBeTruthy();
  expect(screen.getByText(/or nothing for the newest/)).toBeTruthy();
  expect(looks).toEqual([]);
  fireEvent.change(partition, { target: { value: "5" } });
  fireEvent.change(offset, { target: { value: "7" } });
  await send();
  expect(await screen.findByText(`The offset ${message}.`)).toBeTruthy();
  expect(looks).toEqual([["/api/clusters/c1/records", { topic: "acme.orders", partition: 5, offset: "7" }]]);
  expect(screen.queryByRole("alert")).toBeNull();
  fireEvent.change(offset, { target: { value: "" } });
  expect(screen.queryByText(`The offset ${message}.`)).toBeNull();
  await send();
  await waitFor(() => expect(looks.at(-1)).toEqual(["/api/clusters/c1/records", { topic: "acme.orders", partition: 5 }]));
});
