import { type Reader, ResponseError, type Writer } from "@platformatic/kafka";
import { KafkaFailure } from "@/lib/kafka/problems/failure";

export interface VersionRange {
  min: number;
  max: number;
}

/** One version of a call on the wire. All versions in use are flexible ones (KIP-482), so both headers carry tags. */
export interface ApiVersion<Args extends unknown[], Answer> {
  version: number;
  createRequest: (...args: Args) => Writer;
  parse: (reader: Reader) => Answer;
}

/** A call of the protocol in the versions that we speak, newest first. */
export interface Operation<Args extends unknown[], Answer> {
  /** The protocol's name, which problems carry. */
  name: string;
  key: number;
  versions: ApiVersion<Args, Answer>[];
}

interface LibraryApi<Args extends unknown[], Answer> {
  createRequest: (...args: Args) => Writer;
  parseResponse: (correlationId: number, apiKey: number, apiVersion: number, reader: Reader) => Answer;
  api: { key: number; version: number };
}

/** An answer as it came, for the calls whose answers are large: they are decoded in slices that leave the event loop free. */
export interface RawAnswer {
  version: number;
  bytes: Buffer;
}

/** The library's encoding and decoding; an answer with errors inside is handed over whole instead of thrown. */
export function decoded<Args extends unknown[], Answer>(name: string, ...apis: LibraryApi<Args, Answer>[]): Operation<Args, Answer> {
  return operation(name, apis, (api) => (reader) => tolerant(() => api.parseResponse(0, api.api.key, api.api.version, reader)));
}

/** The library's encoding, the answer undecoded. */
export function undecoded<Args extends unknown[]>(name: string, ...apis: LibraryApi<Args, unknown>[]): Operation<Args, RawAnswer> {
  return operation(name, apis, (api) => (reader) => ({ version: api.api.version, bytes: reader.buffer.slice(reader.position) }));
}

function operation<Args extends unknown[], From, Answer>(
  name: string,
  apis: LibraryApi<Args, From>[],
  parser: (api: LibraryApi<Args, From>) => (reader: Reader) => Answer,
): Operation<Args, Answer> {
  const versions = apis.map((api) => ({ version: api.api.version, createRequest: api.createRequest, parse: parser(api) }));
  return { name, key: apis[0]?.api.key ?? -1, versions: versions.sort((a, b) => b.version - a.version) };
}

function tolerant<Answer>(parse: () => Answer): Answer {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ResponseError && error.response) return error.response as Answer;
    throw error;
  }
}

/** The newest version that both sides speak. Throws an `unsupported` failure that names what the broker offers. */
export function chooseVersion<Args extends unknown[], Answer>(
  operation: Operation<Args, Answer>,
  offered: ReadonlyMap<number, VersionRange>,
): ApiVersion<Args, Answer> {
  const range = offered.get(operation.key);
  const chosen = range && operation.versions.find(({ version }) => version >= range.min && version <= range.max);
  if (chosen) return chosen;
  const ours = operation.versions.map(({ version }) => version).join(" or ");
  const theirs = range ? `offers versions ${range.min} to ${range.max}` : "does not offer it";
  throw new KafkaFailure("unsupported", `${operation.name} needs version ${ours}; the broker ${theirs}.`, {
    remedy:
      range && range.max < Math.min(...operation.versions.map(({ version }) => version))
        ? "Upgrade the brokers' Kafka version."
        : undefined,
  });
}
