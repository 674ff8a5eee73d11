import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { parseSample, sampleName } from "@/lib/metrics/parse-sample";

interface Stored {
  labels: Record<string, string>;
  value: string;
  scrapedSeconds: number;
}

export interface FakePrometheus {
  url: string;
  /** The form of each query, with its path. */
  queries: { path: string; form: URLSearchParams; headers: IncomingMessage["headers"] }[];
  /** Takes an exporter's page in, as scraped from a target with these labels. */
  ingest: (page: string, target: Record<string, string>, scrapedAtMs: number) => void;
  /** What query_range answers, by the text of the query. */
  range: (answer: (query: string) => { metric: Record<string, string>; values: [number, string][] }[]) => void;
  /** Answers everything with this instead; null: hangs. */
  refuse: (answer: { status: number; body?: string; headers?: Record<string, string> } | null) => void;
  close: () => Promise<void>;
}

/** As much of Prometheus as the console asks for: instant selectors by name and label, the time of samples, canned ranges. */
export async function startFakePrometheus(): Promise<FakePrometheus> {
  const stored: Stored[] = [];
  const queries: FakePrometheus["queries"] = [];
  let ranges: Parameters<FakePrometheus["range"]>[0] = () => [];
  let refusal: Parameters<FakePrometheus["refuse"]>[0] | undefined;
  const server = createServer((request, response) => {
    void readForm(request).then((form) => {
      const path = request.url ?? "";
      queries.push({ path, form, headers: request.headers });
      if (refusal === null) return;
      if (refusal !== undefined) return response.writeHead(refusal.status, refusal.headers).end(refusal.body);
      const query = form.get("query") ?? "";
      const result = path.endsWith("/query_range") ? ranges(query) : instant(stored, query);
      const resultType = path.endsWith("/query_range") ? "matrix" : "vector";
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ status: "success", data: { resultType, result } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    queries,
    ingest(page, target, scrapedAtMs) {
      for (const line of page.split("\n")) {
        const name = line.startsWith("#") ? null : sampleName(line);
        const sample = name === null ? null : parseSample(line, name);
        if (name === null || sample === null) continue;
        const labels = Object.fromEntries([...sample.labels].filter(([, value]) => value !== ""));
        const value = Number.isNaN(sample.value) ? "NaN" : String(sample.value).replace("Infinity", "Inf").replace(/^Inf/, "+Inf");
        stored.push({ labels: { __name__: name, ...labels, ...target }, value, scrapedSeconds: scrapedAtMs / 1000 });
      }
    },
    range: (answer) => {
      ranges = answer;
    },
    refuse: (answer) => {
      refusal = answer;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}

function instant(stored: readonly Stored[], query: string): { metric: Record<string, string>; value: [number, string] }[] {
  if (query.startsWith("{")) return select(stored, query).map(({ labels, value }) => ({ metric: labels, value: [0, value] }));
  const parts = query.split(" or ").map((part) => /^max without \(name, topic\) \(timestamp\((.*)\)\)$/s.exec(part)?.[1]);
  const newest = new Map<string, { metric: Record<string, string>; seconds: number }>();
  for (const { labels, scrapedSeconds } of parts.flatMap((part) => (part === undefined ? [] : select(stored, part)))) {
    const { __name__: _series, name: _name, topic: _topic, ...metric } = labels;
    const key = JSON.stringify(Object.entries(metric).sort());
    newest.set(key, { metric, seconds: Math.max(newest.get(key)?.seconds ?? 0, scrapedSeconds) });
  }
  return [...newest.values()].map(({ metric, seconds }) => ({ metric, value: [0, String(seconds)] }));
}

/** Reads a selector as Prometheus does: strings with their escapes, expressions anchored at both ends. */
function select(stored: readonly Stored[], selector: string): Stored[] {
  const [, series = "", inner = ""] = /^([\w:]*)\{(.*)\}$/s.exec(selector) ?? [];
  const conditions = [...inner.matchAll(/(\w+)(=~|!~|!=|=)"((?:\\.|[^"\\])*)"/gs)].map(([, label = "", operator, raw = ""]) => {
    const text = raw.replace(/\\(.)/gs, (_, char: string) => (char === "n" ? "\n" : char));
    const matches = (value: string) => (operator?.includes("~") ? new RegExp(`^(?:${text})$`, "s").test(value) : value === text);
    return ({ labels }: Stored) => matches(labels[label] ?? "") !== operator?.startsWith("!");
  });
  return stored.filter((one) => (series === "" || one.labels.__name__ === series) && conditions.every((holds) => holds(one)));
}
