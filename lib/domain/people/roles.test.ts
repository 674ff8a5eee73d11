import { describe, expect, it } from "vitest";
import { homeOf, may, PERMISSIONS, ROLES, whyClosed } from "./roles";

describe("roles", () => {
  it("reach more from one to the next, and nobody without one reaches anything", () => {
    const reach = (role: (typeof ROLES)[number] | "nobody") =>
      Object.keys(PERMISSIONS).filter((permission) => may(role, permission as keyof typeof PERMISSIONS));
    expect(reach("nobody")).toEqual([]);
    expect(reach("product")).toEqual(["usage"]);
    expect(reach("support")).toEqual(["usage", "tenants"]);
    expect(reach("operator")).toEqual(["usage", "tenants", "operate", "people"]);
  });

  it("say why a page is closed, and begin with one that is open", () => {
    expect(whyClosed({ role: "product", limited: null }, "tenants")).toContain("that is for support and operator.");
    expect(whyClosed({ role: "operator", limited: "tenants acme" }, "people")).toContain("limited to tenants acme");
    expect(whyClosed({ role: "operator", limited: "tenants acme" }, "tenants")).toBeNull();
    expect(whyClosed({ role: "support", limited: null }, "shared")).toContain("does not reach prices and imports: that is for operator.");
    expect(whyClosed({ role: "operator", limited: "tenants acme" }, "shared")).toContain("takes a role without limits");
    expect(whyClosed({ role: "operator", limited: null }, "shared")).toBeNull();
    expect(whyClosed({ role: "product", limited: null }, "sizes")).toBeNull();
    expect(ROLES.map(homeOf)).toEqual(["/tiers", "/", "/"]);
  });
});
