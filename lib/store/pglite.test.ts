import { afterAll, beforeAll, describe } from "vitest";
import { openStore } from "./open-store";
import type { Store } from "./store";
import { storeSuites } from "./testing/suites";

describe("on PGlite", { timeout: 60_000 }, () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore({ memory: true });
  }, 120_000);
  afterAll(() => store.close());
  storeSuites(() => store);
});
