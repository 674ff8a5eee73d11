import { type Clock, isoNow } from "@/lib/collector/clock";
import type { ClusterAdmin } from "@/lib/collector/ports";
import { runSlices } from "@/lib/collector/run-slices";
import { mergeLag } from "@/lib/collector/snapshot/merge-lag";
import { mergeLogs } from "@/lib/collector/snapshot/merge-logs";
import { mergeMetadata } from "@/lib/collector/snapshot/merge-metadata";
import { mergeMeters } from "@/lib/collector/snapshot/merge-meters";
import { nothing, type PartResult } from "@/lib/collector/snapshot/with-part";
import type { Reading } from "@/lib/domain/facts";
import type { ClusterSnapshot, Part } from "@/lib/domain/snapshot";
import type { ConfigReader } from "./read-due-configs";
import type { ExporterReader } from "./read-exporters";

export interface ReadContext {
  admin: ClusterAdmin;
  /** null: the connection names no exporter. */
  exporters: ExporterReader | null;
  configs: ConfigReader;
  clock: Clock;
  /** The newest snapshot: other parts may have been read meanwhile. */
  snapshot: () => ClusterSnapshot;
  /** Whether a person asked for every configuration. */
  allConfigs: boolean;
}

/** Reads one part and says what it came to; null: nothing was due. */
export async function readPart(part: Part, context: ReadContext): Promise<PartResult | null> {
  const { admin, clock, snapshot } = context;
  switch (part) {
    case "metadata":
      return mergeMetadata(snapshot(), await admin.readMetadata(), isoNow(clock));
    case "offsets": {
      const reading = await admin.sweepLag(snapshot().metadata ?? undefined);
      return runSlices(mergeLag(snapshot(), reading, clock.now()));
    }
    case "starts":
      return readStarts(context);
    case "logs": {
      const reading = await admin.readLogs();
      return runSlices(mergeLogs(snapshot(), reading));
    }
    case "exporter":
      return readMeters(context);
    case "quotas":
      return whole(await admin.readQuotas(), (quotas) => ({ quotas }));
    case "acls":
      return whole(await admin.readAcls(), (acls) => ({ acls }));
    case "scram":
      return whole(await admin.readScramUsers(), (scramUsers) => ({ scramUsers }));
    case "configs":
      return context.configs.read(context.allConfigs);
  }
}

/** A part that is known as a whole or not at all. */
function whole<T>({ value, problems }: Reading<T | null>, fields: (value: T) => PartResult["fields"]): PartResult {
  return value === null ? nothing(problems) : { fields: fields(value), broughtSomething: true, problems };
}

/** Log starts that are not known are so in the snapshot too: an old start would hide a loss. */
async function readStarts({ admin, snapshot }: ReadContext): Promise<PartResult> {
  const { metadata } = snapshot();
  if (metadata === null) return nothing([]);
  const { value: starts, problems } = await admin.readLogStarts(metadata);
  const known = [...starts.values()].some((partitions) => partitions.some((offset) => offset !== null));
  return known || problems.length === 0 ? { fields: { starts }, broughtSomething: true, problems } : nothing(problems);
}

async function readMeters({ exporters, clock, snapshot }: ReadContext): Promise<PartResult | null> {
  const { metadata } = snapshot();
  if (exporters === null) return null;
  if (metadata === null) return nothing([]);
  const { meters, problems } = await exporters.read(metadata.brokers);
  return mergeMeters(snapshot(), meters, problems, isoNow(clock));
}
