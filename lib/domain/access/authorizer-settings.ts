import type { ConfigFact } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";

/** What is known of who decides on access; null: not known. */
export interface KnownAuthorizer {
  isOn: boolean | null;
  allowEveryone: boolean | null;
  superUsers: ReadonlySet<string> | null;
}

type Told = Pick<ClusterSnapshot, "acls" | "brokerConfigs" | "msk" | "parts">;

const ALLOW_EVERYONE = "allow.everyone.if.no.acl.found";
const SUPER_USERS = "super.users";

/**
 * From the brokers' configuration and MSK's. Brokers hide the value of what they do not know the type of, and the authorizer's settings
 * are such: that one is there is all they tell. One that is not there has Kafka's default, which MSK turns round for
 * `allow.everyone.if.no.acl.found`.
 */
export function authorizerOf(told: Told): KnownAuthorizer {
  const { brokerConfigs, msk } = told;
  const asked = brokerConfigs.some(({ name }) => name === "authorizer.class.name");
  const file = msk?.configuration ?? null;
  return {
    isOn: isOn(told),
    allowEveryone: allowsEveryone(told, asked, file),
    superUsers: superUsers(brokerConfigs, asked, file),
  };
}

function isOn({ acls, brokerConfigs, parts }: Told): boolean | null {
  // First what the brokers say now: rules that were read before an authorizer was taken away are still in the snapshot.
  if (parts.acls.problems.some(({ operation, code }) => operation === "DescribeAcls" && code === "unsupported")) return false;
  if (acls !== null) return true;
  const value = brokerConfigs.find(({ name }) => name === "authorizer.class.name")?.value;
  return value === undefined || value === null ? null : value !== "";
}

function allowsEveryone({ brokerConfigs, msk }: Told, asked: boolean, file: Record<string, string> | null): boolean | null {
  const entry = brokerConfigs.find(({ name }) => name === ALLOW_EVERYONE);
  const written = entry?.value ?? file?.[ALLOW_EVERYONE];
  if (written !== undefined && written !== null) return written.trim() === "true";
  if (entry === undefined && asked) return false;
  // As long as the brokers have not been asked, a default is no answer.
  if (msk === null || !asked) return null;
  // MSK's own default is true; a configuration that could not be read may say otherwise.
  return msk.cluster.configuration === null || file !== null ? true : null;
}

function superUsers(configs: readonly ConfigFact[], asked: boolean, file: Record<string, string> | null): ReadonlySet<string> | null {
  const entry = configs.find(({ name }) => name === SUPER_USERS);
  const written = entry?.value ?? file?.[SUPER_USERS];
  if (written !== undefined && written !== null) return new Set(written.split(";").map((one) => one.trim()));
  return entry === undefined && asked ? new Set() : null;
}
