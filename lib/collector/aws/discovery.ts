import type { AwsRegion } from "@/lib/aws";
import type { Clock } from "@/lib/collector/clock";
import { type Every, every } from "@/lib/collector/every";
import type { Log } from "@/lib/collector/ports";
import type { ResolvedAwsConnection, ResolvedConnection } from "@/lib/domain/connection";
import type { Problem } from "@/lib/domain/facts";
import { createIds, findClusters } from "./find-clusters";

/** Accounts, and how to reach AWS in one of their regions. */
export interface AwsAccess {
  accounts: readonly ResolvedAwsConnection[];
  openRegion: (account: ResolvedAwsConnection, region: string) => AwsRegion;
}

/** What could not be looked into: an account's region, with the reason. */
export interface UnseenRegion {
  account: string;
  region: string;
  problems: Problem[];
}

export interface Discovery {
  /** AWS in the region of a cluster; null: no account reaches it. */
  regionOf: (connection: ResolvedConnection) => AwsRegion | null;
  unseen: () => UnseenRegion[];
  /** Settles once every region was looked into for the first time, whatever it answered: who asks for all clusters waits for it. */
  firstLook: Promise<void>;
  /** Looks now and then again and again. The first look is not waited for. */
  start: () => void;
  stop: () => Promise<void>;
}

export interface DiscoveryOptions {
  aws: AwsAccess;
  declared: readonly ResolvedConnection[];
  clock: Clock;
  log: Log;
  everyMs: number;
  /** Takes the clusters of one region as they are now; those that were there and are not named any more are gone. */
  onFound: (account: string, region: string, connections: readonly ResolvedConnection[]) => Promise<void>;
}

/** Finds the MSK clusters of all accounts, each region by itself: one that hangs or refuses costs only its own clusters. */
export function createDiscovery({ aws, declared, clock, log, everyMs, onFound }: DiscoveryOptions): Discovery {
  const ids = createIds(declared.map(({ id }) => id));
  const arns = new Set(declared.flatMap(({ msk }) => (msk === null ? [] : [msk.arn])));
  const places = aws.accounts.flatMap((account) => account.regions.map((region) => ({ account, region: aws.openRegion(account, region) })));
  const unseen = new Map<string, UnseenRegion>();
  const unlooked = new Set(places.map((place) => place.region));
  const { promise: firstLook, resolve: haveLooked } = Promise.withResolvers<void>();
  if (unlooked.size === 0) haveLooked();
  let turns: Every[] = [];

  async function look({ account, region }: (typeof places)[number]): Promise<void> {
    const key = `${account.id}/${region.region}`;
    const { connections, problems } = await findClusters({ account, region, declared: arns, ids });
    if (problems.length === 0) unseen.delete(key);
    else unseen.set(key, { account: account.id, region: region.region, problems });
    for (const { operation, message } of problems) log.warn({ account: account.id, region: region.region, operation }, message);
    if (connections !== null) await onFound(account.id, region.region, connections);
  }

  async function turn(place: (typeof places)[number]): Promise<void> {
    await look(place).finally(() => {
      unlooked.delete(place.region);
      if (unlooked.size === 0) haveLooked();
    });
  }

  return {
    regionOf({ msk }) {
      if (msk === null) return null;
      return places.find(({ account, region }) => account.id === msk.account && region.region === msk.region)?.region ?? null;
    },
    unseen: () => [...unseen.values()],
    firstLook,
    start() {
      turns = places.map((place) => every({ clock, log, firstMs: 0, pauseMs: everyMs }, () => turn(place)));
    },
    async stop() {
      haveLooked();
      await Promise.all(turns.map((turn) => turn.stop()));
      for (const { region } of places) region.close();
    },
  };
}
