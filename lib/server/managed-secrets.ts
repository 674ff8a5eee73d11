import type { Secrets, SecretWish } from "@/lib/aws/secrets";
import { type HeldSecret, type ManagedReference, readSecret, regionOfSecret, type Secret } from "@/lib/domain/secret";
import type { EnterEnv, Env } from "@/lib/env";
import { log } from "./log";

/** Holds a secret of AWS Secrets Manager. Nothing is asked for yet. */
export type HoldSecret = (wish: SecretWish) => Promise<HeldSecret>;

/** Loads the way to Secrets Manager only where something refers to it. */
export function manageSecrets(): HoldSecret {
  let opened: Promise<Secrets> | undefined;
  return async (wish) => {
    opened ??= import("@/lib/aws/secrets").then(({ openSecrets }) =>
      openSecrets({ onProblem: (secret, problem) => log().warn({ secret, problem }, "a secret was not read") }),
    );
    return (await opened).hold(wish);
  };
}

const OWN_CREDENTIALS = { roleArn: null, externalId: null, profile: null };

/** Who may enter and how, with secrets held that settings only name. What cannot be read is logged now, at the start. */
export async function heldSecrets({ enter, awsRegion }: Pick<Env, "enter" | "awsRegion">, managed: HoldSecret): Promise<EnterEnv<Secret>> {
  const held = async (given: string | ManagedReference): Promise<Secret> => {
    if (typeof given === "string") return given;
    const region = regionOfSecret(given.secretsManager) ?? awsRegion ?? "";
    const secret = await managed({ secretId: given.secretsManager, key: given.key ?? null, region, identity: OWN_CREDENTIALS });
    void readSecret(secret);
    return secret;
  };
  const { probeToken, oidc } = enter;
  return {
    ...enter,
    probeToken: probeToken === null ? null : await held(probeToken),
    oidc: oidc === null ? null : { ...oidc, clientSecret: oidc.clientSecret === null ? null : await held(oidc.clientSecret) },
  };
}
