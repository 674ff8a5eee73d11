import { beforeAll } from "vitest";
import { mendSandbox } from "./kafka/cluster";
import { sandboxOf } from "./kafka/topology";

// A test that ends badly between taking a broker away and bringing it back fails alone, and none of the files after it.
beforeAll(() => mendSandbox(sandboxOf()));
