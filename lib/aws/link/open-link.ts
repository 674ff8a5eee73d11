import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { KafkaClient } from "@aws-sdk/client-kafka";
import { KMSClient } from "@aws-sdk/client-kms";
import type { AwsIdentity } from "@/lib/domain/connection";
import { againWhenThrottled } from "./again-when-throttled";
import { commonSettings } from "./common-settings";
import { countCalls } from "./count-calls";
import type { LinkSettings } from "./link-settings";
import { type Link, linkTo } from "./link-to";

export interface AwsClients {
  kafka: KafkaClient;
  /** For changes: a request is repeated only where AWS refused it for coming too fast, so that none is carried out twice. */
  writer: KafkaClient;
  cloudwatch: CloudWatchClient;
  kms: KMSClient;
}

/** The clients of one connection in one region. */
export type AwsLink = Link<AwsClients>;

export function openLink(identity: AwsIdentity, settings: LinkSettings, deadlineMs: number): AwsLink {
  return linkTo(identity, settings, deadlineMs, () => makeClients(identity, settings));
}

/** A connection that is kept may end just as a change goes out on it, and then nobody knows whether it arrived. */
const ONE_REQUEST_EACH = { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY };
const FRESH_CONNECTIONS = { httpAgent: ONE_REQUEST_EACH, httpsAgent: ONE_REQUEST_EACH };

function makeClients(identity: AwsIdentity, settings: LinkSettings): AwsClients {
  const common = commonSettings(identity, settings);
  const kafka = new KafkaClient(common);
  const writer = new KafkaClient({
    ...common,
    retryStrategy: againWhenThrottled(kafka.config.retryStrategy),
    requestHandler: { ...settings.requestHandler, ...FRESH_CONNECTIONS },
  });
  const clients = { kafka, writer, cloudwatch: new CloudWatchClient(common), kms: new KMSClient(common) };
  for (const client of Object.values(clients)) client.middlewareStack.use(countCalls(settings.count));
  return clients;
}
