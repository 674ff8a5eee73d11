import type { AwsError } from "@/sandbox/aws/http/aws-error";
import type { WireResponse } from "@/sandbox/aws/http/request";
import type { Caller } from "@/sandbox/aws/sts/sessions";

export type Service = "kafka" | "cloudwatch" | "kms" | "secretsmanager" | "sts";

/** A request that was understood: which operation, how it is carried out, and how its errors are written. */
export interface Operation {
  service: Service;
  name: string;
  /** The ARN that is asked about, where the address names one. */
  resource: string | null;
  run: (caller: Caller, region: string) => Promise<WireResponse>;
}

export type WriteError = (error: AwsError) => WireResponse;
