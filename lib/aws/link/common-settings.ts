import type { AwsIdentity } from "@/lib/domain/connection";
import { credentialsOf } from "./credentials";
import type { LinkSettings } from "./link-settings";

/**
 * What every client of one identity in one region is made with. Addresses come from the SDK's own settings: AWS_ENDPOINT_URL_KAFKA and
 * its like for each service, or the profile's.
 */
export function commonSettings(identity: AwsIdentity, settings: LinkSettings) {
  return {
    region: settings.region,
    credentials: credentialsOf(identity, settings),
    retryMode: "standard",
    maxAttempts: settings.maxAttempts,
    requestHandler: settings.requestHandler,
    ...(identity.profile === null ? {} : { profile: identity.profile }),
  };
}
