import type { Transform } from "node:stream";
import { createGunzip, createGzip } from "node:zlib";

/** Streams that other threads work for, until each is closed. */
const working = new Map<Transform, Promise<void>>();

for (const stream of [createGzip(), createGunzip()]) {
  const prototype: Transform = Object.getPrototypeOf(stream);
  const transform = prototype._transform;
  prototype._transform = function (chunk, encoding, done) {
    if (!working.has(this)) working.set(this, closed(this));
    transform.call(this, chunk, encoding, done);
  };
  stream.close();
}

function closed(stream: Transform): Promise<void> {
  return new Promise((resolve) => {
    stream.once("close", () => {
      working.delete(stream);
      resolve();
    });
  });
}

/** Whether anything is being compressed or unpacked. */
export function isCompressing(): boolean {
  return working.size > 0;
}

/** Answers when everything is compressed or unpacked that was begun by now. Which thread takes it when is the machine's affair. */
export async function compressed(): Promise<void> {
  await Promise.all(working.values());
}
