import type { Problem } from "@/lib/domain/facts";

type Cause = Omit<Problem, "operation">;

/** By host alone: the address may hold a password. */
export function whereOf(url: string): string {
  return `Prometheus at ${new URL(url).host}`;
}

const SENTENCE_MAX = 300;

/** What an answer other than 200 means, with Prometheus's own sentence where it gave one. */
export async function statusProblem(response: Response, url: string): Promise<Cause> {
  const { status } = response;
  const said = await sentenceOf(response);
  const message = `${whereOf(url)} answered ${status}${said === "" ? "." : `: ${said}`}`;
  if (status === 401) return { code: "authentication", message, remedy: "Give a token that Prometheus accepts as prometheus.bearerToken." };
  if (status === 403) return { code: "forbidden", message, remedy: "Let the token read the query API (/api/v1/query and query_range)." };
  if (status >= 300 && status < 400)
    return { code: "invalid", message, remedy: "Give the address that answers itself: redirects are not followed." };
  if (status === 404) return { code: "unsupported", message, remedy: "Give the address before /api/v1 as prometheus.url." };
  if (status === 400 || status === 422) return { code: "invalid", message };
  if (status === 503 && /timed? ?out|timeout/i.test(said)) return { code: "timeout", message };
  return { code: "unavailable", message };
}

/** Prometheus's errors are JSON with an `error`; a proxy's page is left out. */
async function sentenceOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  try {
    const body: unknown = JSON.parse(text);
    const said = typeof body === "object" && body !== null && "error" in body && typeof body.error === "string" ? body.error : "";
    return said.length > SENTENCE_MAX ? `${said.slice(0, SENTENCE_MAX)}…` : said;
  } catch {
    return "";
  }
}

export function unreachable(url: string, error: unknown): Cause {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "no answer";
  const remedy = "Check prometheus.url of the connection, and that the console may reach it.";
  return { code: "unreachable", message: `${whereOf(url)} cannot be reached (${code}).`, remedy };
}

export function badAnswer(url: string): Cause {
  return { code: "invalid", message: `${whereOf(url)} did not answer as Prometheus does.`, remedy: "Give the address of its query API." };
}

const CHOOSE =
  "Choose this cluster's series with prometheus.labels, and the label that holds a broker's host or number with prometheus.brokerLabel.";

/** Prometheus knows nothing of a broker. `strangers`: values of the broker label that are no broker of the cluster. */
export function unseenBroker(url: string, brokerId: number, host: string, strangers: readonly string[]): Cause {
  const seen = strangers.length === 0 ? "" : ` It has those of ${strangers.slice(0, 3).join(", ")}, which are no brokers of the cluster.`;
  const remedy = strangers.length === 0 ? `Let Prometheus scrape the broker's JMX exporter (MSK: port 11001). ${CHOOSE}` : CHOOSE;
  return { code: "unavailable", brokerId, message: `${whereOf(url)} has no series of broker ${brokerId} (${host}).${seen}`, remedy };
}

/** A broker's series come from several scrapes, which would add up. */
export function collectedTwice(url: string, brokerId: number, times: number): Cause {
  const message = `${whereOf(url)} has the series of broker ${brokerId} ${times} times (several jobs or replicas); one of them is used.`;
  return { code: "invalid", brokerId, message, remedy: "Choose one of them with prometheus.labels, such as its job." };
}
