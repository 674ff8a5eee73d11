import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Answer, ask } from "@/lib/aws/link/ask";
import { commonSettings } from "@/lib/aws/link/common-settings";
import { type Link, linkTo } from "@/lib/aws/link/link-to";
import type { AwsIdentity } from "@/lib/domain/connection";
import type { Problem } from "@/lib/domain/facts";
import type { HeldSecret, SecretAnswer } from "@/lib/domain/secret";
import { type KeptText, keepText } from "./keep-text";
import { valueIn } from "./value-in";

/** Which value of which secret, and as whom it is read. */
export interface SecretWish {
  /** Name or ARN. */
  secretId: string;
  /** null: the whole text. */
  key: string | null;
  region: string;
  identity: AwsIdentity;
}

export interface Secrets {
  /** Asks for nothing yet. Values of one secret come from one reading, so that name and password fit each other. */
  hold: (wish: SecretWish) => HeldSecret;
  close: () => void;
}

export interface SecretsOptions {
  /** Absent: the system's. */
  clock?: { now: () => number };
  /** A reading that takes longer is given up. */
  deadlineMs?: number;
  maxAttempts?: number;
  /** Told of a question to Secrets Manager that came to nothing; where the next one comes to the same, it is not told again. */
  onProblem?: (secret: string, problem: Problem) => void;
}

type SecretsLink = Link<{ secrets: SecretsManagerClient }>;

/** Secrets of AWS Secrets Manager, each read once for everybody who refers to it. */
export function openSecrets(options: SecretsOptions = {}): Secrets {
  const links = new Map<string, SecretsLink>();
  const texts = new Map<string, KeptText>();

  const linkOf = (wish: SecretWish): SecretsLink => shared(links, placeOf(wish), () => openSecretsLink(wish, options));
  const textOf = (wish: SecretWish): KeptText =>
    shared(texts, JSON.stringify([placeOf(wish), wish.secretId]), () => {
      const link = linkOf(wish);
      let said: string | null = null;
      return keepText(async () => {
        const answer = await askForText(link, wish.secretId);
        const message = answer.ok ? null : answer.problem.message;
        if (!answer.ok && message !== said) options.onProblem?.(wish.secretId, answer.problem);
        said = message;
        return answer;
      }, link.now);
    });

  return {
    hold: (wish) => holdOne(wish, textOf(wish)),
    close() {
      for (const link of links.values()) link.close();
    },
  };
}

function shared<T>(all: Map<string, T>, key: string, make: () => T): T {
  const known = all.get(key) ?? make();
  all.set(key, known);
  return known;
}

function placeOf({ region, identity: { roleArn, externalId, profile } }: SecretWish): string {
  return JSON.stringify([region, roleArn, externalId, profile]);
}

function openSecretsLink({ region, identity }: SecretWish, options: SecretsOptions): SecretsLink {
  const { clock = Date, deadlineMs = 10_000, maxAttempts = 3 } = options;
  const settings = {
    region,
    now: () => clock.now(),
    maxAttempts,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true as const },
    count: () => {},
  };
  return linkTo(identity, settings, deadlineMs, () => ({ secrets: new SecretsManagerClient(commonSettings(identity, settings)) }));
}

/** A problem's message holds nothing of what was answered but AWS's own reason for a refusal. */
async function askForText(link: SecretsLink, secretId: string): Promise<Answer<string>> {
  const target = { operation: "GetSecretValue", arn: secretId } as const;
  const answer = await ask(link, target, ({ secrets, abortSignal }) =>
    secrets.send(new GetSecretValueCommand({ SecretId: secretId }), { abortSignal }),
  );
  if (!answer.ok) return answer;
  const { SecretString: text } = answer.value;
  if (text !== undefined) return { ok: true, value: text };
  const message = "It holds binary data, and the console reads text.";
  return { ok: false, problem: { code: "invalid", operation: target.operation, message, remedy: "Store the value as text or JSON." } };
}

function holdOne({ secretId, key }: SecretWish, text: KeptText): HeldSecret {
  /** The text that each value handed out came from is the one in doubt when the value is refused. */
  let handedOut: { value: string; text: string } | null = null;
  const told = (answer: SecretAnswer): SecretAnswer =>
    answer.ok
      ? answer
      : { ok: false, problem: { ...answer.problem, message: `The secret ${secretId} cannot be used. ${answer.problem.message}` } };
  return {
    name: secretId,
    async read() {
      const answer = await text.read();
      if (!answer.ok) return told(answer);
      const value = valueIn(answer.value, key);
      if (value.ok) handedOut = { value: value.value, text: answer.value };
      return told(value);
    },
    refused(value) {
      if (handedOut?.value === value) text.doubt(handedOut.text);
    },
  };
}
