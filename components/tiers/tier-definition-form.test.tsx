// @vitest-environment jsdom
import { cleanup, configure, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { appliesOf, type FakeApi, fakeApi, plansOf, renderForm } from "@/components/change/testing/render-form";
import { planView, retentionOperation, tenant } from "@/components/change/testing/views";
import { TierDefinitionForm } from "./tier-definition-form";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push: vi.fn() }) }));
// A busy machine is slow, and no test is about speed.
configure({ asyncUtilTimeout: 10_000 });

const { tier } = tenant;
let api: FakeApi;
beforeEach(() => {
  window.sessionStorage.clear();
  api = fakeApi();
});
afterEach(cleanup);

const input = (name: string) => screen.findByRole("textbox", { name });
const type = async (name: string, value: string) => fireEvent.change(await input(name), { target: { value } });
const last = () => plansOf(api, ({ kind }) => kind === "tier-definition").at(-1)?.request;

test("what cannot be read is said at its field and keeps all of it from being planned", async () => {
  renderForm(<TierDefinitionForm tier={null} tenantCount={0} />);
  await type("Retention", "7 dayz");
  await type("Name", "Copper");
  await type("Id, for addresses and files", "copper");
  const field = await input("Retention");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toContain("“7 dayz” cannot be read");
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(last()).toBeUndefined();
  await type("Retention", "7 days");
  await waitFor(() => expect(last()).toMatchObject({ tier: { id: "copper", retentionMs: { default: 604_800_000 } }, rollOut: false }));
});

test("a refusal of the plan stands at the field it is about", async () => {
  api.plan = (request) =>
    planView(request, {
      refusals: [{ field: "tier.retentionMs.default", reason: "The default is above the bound.", wayOut: "Raise the bound.", link: null }],
    });
  renderForm(<TierDefinitionForm tier={tier} tenantCount={0} />);
  await type("Retention", "30 days");
  await waitFor(async () => expect((await input("Retention")).getAttribute("aria-invalid")).toBe("true"));
});

test("an edited promise is rolled out unless one says otherwise, with the options of the rollout", async () => {
  const operations = ["acme", "brook"].map((id) => ({ ...retentionOperation(`${id}.orders`, "1", 1), unit: `tenant:${id}` }));
  api.plan = (request) => {
    const plan = planView(request, { title: "Change Gold", operations });
    return { ...plan, counts: { ...plan.counts, operations: 2, units: 2, tenants: 2 } };
  };
  renderForm(<TierDefinitionForm tier={tier} tenantCount={2} />);
  await type("Produce", "13 MB/s");
  await waitFor(() => expect(last()).toMatchObject({ tier: { produceBytesPerSecond: 13_000_000 }, rollOut: true }));
  await type("These tenants first", "nobody");
  expect(await screen.findByText("Not part of this change: nobody.")).toBeDefined();
  await type("These tenants first", "brook");
  await type("Pause after failures", "1");
  const apply = screen.getByRole("button", { name: "Change Gold" }) as HTMLButtonElement;
  await waitFor(() => expect(apply.disabled).toBe(false));
  fireEvent.click(apply);
  await waitFor(() => expect(appliesOf(api)[0]?.rollout).toEqual({ first: ["brook"], stopAfterFailures: 1 }));
});

test("it is left to drift when that is chosen", async () => {
  renderForm(<TierDefinitionForm tier={tier} tenantCount={2} />);
  await type("Produce", "13 MB/s");
  fireEvent.click(screen.getByRole("checkbox", { name: /^Roll it out/ }));
  await waitFor(() => expect(last()).toMatchObject({ rollOut: false }));
});
