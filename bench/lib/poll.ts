import { Agent, get } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { gunzipSync } from "node:zlib";

export interface Polled {
  /** Milliseconds of every answer. */
  times: number[];
  seconds: number;
  /** Bytes of the heaviest answer, as sent and unpacked. */
  sentBytes: number;
  plainBytes: number;
}

/**
 * Clients that ask one after another, each over its own connection, for a time: without a pause, or with one between two questions.
 * Every answer must be a 200 with a body, as for a browser that has nothing yet. The addresses take turns.
 */
export async function poll(url: string, paths: readonly string[], clients: number, seconds: number, pauseMs = 0): Promise<Polled> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  let heaviest: Buffer = Buffer.alloc(0);
  const began = performance.now();
  const deadline = began + seconds * 1000;
  const client = async (index: number) => {
    // Not all at once: browsers were not opened at the same moment.
    if (pauseMs > 0) await delay((pauseMs * index) / clients);
    for (let turn = index; performance.now() < deadline; turn += 1) {
      const asked = performance.now();
      const answer = await ask(`${url}${paths[turn % paths.length]}`, agent);
      times.push(performance.now() - asked);
      if (answer.length > heaviest.length) heaviest = answer;
      if (pauseMs > 0) await delay(pauseMs);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  agent.destroy();
  const took = (performance.now() - began) / 1000;
  return { times, seconds: took, sentBytes: heaviest.length, plainBytes: unpacked(heaviest).length };
}

const unpacked = (body: Buffer) => (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body);

/** The body as it was sent. Lighter than fetch, so that the clients take less of the machine they measure. */
function ask(address: string, agent: Agent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = get(address, { agent, headers: { accept: "application/json", "accept-encoding": "gzip" } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new Error(`${address} was answered with ${answer.statusCode}`));
      });
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The server may close a connection that rested just as it is used again. Browsers ask once more then.
      if (request.reusedSocket && error.code === "ECONNRESET") ask(address, agent).then(resolve, reject);
      else reject(error);
    });
  });
}
