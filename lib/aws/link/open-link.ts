import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { KafkaClient } from "@aws-sdk/client-kafka";
import { KMSClient } from "@aws-sdk/client-kms";
import type { ResolvedAwsConnection } from "@/lib/domain/connection";
import { againWhenThrottled } from "./again-when-throttled";
import { countCalls } from "./count-calls";
import { credentialsOf } from "./credentials";
import type { LinkSettings } from "./link-settings";

export interface AwsClients {
  kafka: KafkaClient;
  /** For changes: a request is repeated only where AWS refused it for coming too fast, so that none is carried out twice. */
  writer: KafkaClient;
  cloudwatch: CloudWatchClient;
  kms: KMSClient;
}

/** The clients of one connection in one region. */
export interface AwsLink {
  readonly region: string;
  /** Who asks, for people: the role's ARN, or "the console's role". */
  readonly principal: string;
  readonly now: () => number;
  /** A reading that takes longer is given up. */
  readonly deadlineMs: number;
  /** Ends every reading, as when the console stops. */
  readonly closed: AbortSignal;
  clients: () => AwsClients;
  /** Forgets the credentials, so that the next reading finds renewed ones. */
  renew: () => void;
  close: () => void;
}

/** At most this often are credentials looked for anew: a wrong role would otherwise be tried with every reading. */
const RENEWAL_GAP_MS = 10_000;

export function openLink(connection: ResolvedAwsConnection, settings: LinkSettings, deadlineMs: number): AwsLink {
  const closing = new AbortController();
  let clients: AwsClients | null = null;
  let renewedMs = Number.NEGATIVE_INFINITY;

  return {
    region: settings.region,
    principal: connection.roleArn ?? "the console's role",
    now: settings.now,
    deadlineMs,
    closed: closing.signal,
    clients: () => {
      clients ??= makeClients(connection, settings);
      return clients;
    },
    renew() {
      if (settings.now() - renewedMs < RENEWAL_GAP_MS) return;
      renewedMs = settings.now();
      // Not destroyed: other readings may be under way with them; their idle sockets end by themselves.
      clients = null;
    },
    close() {
      closing.abort();
      clients?.kafka.destroy();
      clients?.writer.destroy();
      clients?.cloudwatch.destroy();
      clients?.kms.destroy();
    },
  };
}

/** A connection that is kept may end just as a change goes out on it, and then nobody knows whether it arrived. */
const ONE_REQUEST_EACH = { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY };
const FRESH_CONNECTIONS = { httpAgent: ONE_REQUEST_EACH, httpsAgent: ONE_REQUEST_EACH };

/** Addresses come from the SDK's own settings: AWS_ENDPOINT_URL_KAFKA, _CLOUDWATCH, _KMS and _STS, or the profile's. */
function makeClients(connection: ResolvedAwsConnection, settings: LinkSettings): AwsClients {
  const common = {
    region: settings.region,
    credentials: credentialsOf(connection, settings),
    retryMode: "standard",
    maxAttempts: settings.maxAttempts,
    requestHandler: settings.requestHandler,
    ...(connection.profile === null ? {} : { profile: connection.profile }),
  };
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
