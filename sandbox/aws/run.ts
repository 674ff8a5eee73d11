/** The AWS side of the sandbox, as a process: `tsx sandbox/aws/run.ts`, net from SANDBOX_NET. Ends on SIGTERM or SIGINT. */
import { sandboxOf } from "@/sandbox/kafka/topology";
import { startAws } from "./start-aws";

const stepSeconds = Number(process.env.SANDBOX_AWS_STEP_SECONDS ?? 60);
const refreshMs = Number(process.env.SANDBOX_AWS_REFRESH_MS ?? 60_000);

const service = await startAws({ sandbox: sandboxOf(), stepSeconds, refreshMs });
console.log(`MSK, CloudWatch and STS on ${service.url}`);
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    service.stop().finally(() => process.exit(0));
  });
}
