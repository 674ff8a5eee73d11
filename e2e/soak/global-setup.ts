import { NET } from "@/e2e/oracle";
import { startSandboxConsole } from "@/e2e/sandbox-console";
import { SOAK_PORT } from "@/playwright.soak.config";

/** What the long runs run on, at AWS's own pace; what was started here ends here. */
export default function setUp(): Promise<() => Promise<void>> {
  return startSandboxConsole({ net: NET, port: SOAK_PORT });
}
