import { createHash } from "node:crypto";

type Bytes = Uint8Array<ArrayBuffer>;

/** A finished answer, ready to be sent again. */
export interface Answer {
  body: Bytes;
  /** Weak, because it names the answer and not its bytes. */
  etag: string;
}

/** Least recently used answers up to a number of bytes. Equal questions that come together share one answer in the making. */
export class AnswerCache {
  private readonly answers = new Map<string, Answer>();
  private readonly making = new Map<string, Promise<Answer>>();
  private bytes = 0;

  constructor(private readonly bytesMax: number) {}

  async get(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const kept = this.answers.get(key);
    if (kept !== undefined) {
      this.answers.delete(key);
      this.answers.set(key, kept);
      return kept;
    }
    const begun = this.making.get(key);
    if (begun !== undefined) return begun;
    const made = make();
    this.making.set(key, made);
    try {
      const answer = await made;
      this.keep(key, answer);
      return answer;
    } finally {
      this.making.delete(key);
    }
  }

  private keep(key: string, answer: Answer): void {
    if (answer.body.byteLength > this.bytesMax / 4) return;
    this.answers.set(key, answer);
    this.bytes += answer.body.byteLength;
    for (const [oldest, { body }] of this.answers) {
      if (this.bytes <= this.bytesMax) return;
      this.answers.delete(oldest);
      this.bytes -= body.byteLength;
    }
  }
}

export function answerOf(text: string, version: string): Answer {
  const body = new TextEncoder().encode(text);
  const hash = createHash("sha1").update(body).digest("base64url").slice(0, 12);
  return { body, etag: `W/"${version}.${hash}"` };
}

/** The bytes as the body of a response that does not copy them, as one made of the bytes themselves would each time. */
export function bodyOf({ body }: Answer): ReadableStream<Bytes> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(body);
      controller.close();
    },
  });
}

/** Whether If-None-Match names this tag. */
export function matchesTag(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const bare = etag.replace(/^W\//, "");
  return ifNoneMatch.split(",").some((given) => {
    const tag = given.trim().replace(/^W\//, "");
    return tag === "*" || tag === bare;
  });
}
