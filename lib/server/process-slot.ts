const KEY = Symbol.for("tenant-console.process");

/** A value that exists once in a process, also when the bundler or a hot reload loads its module again. */
export function processSlot<T>(name: string, make: () => T): T {
  const all = slots();
  if (!all.has(name)) all.set(name, make());
  return all.get(name) as T;
}

/** Forgets a value, so that the next caller makes it anew. */
export function clearProcessSlot(name: string): void {
  slots().delete(name);
}

function slots(): Map<string, unknown> {
  const holder = globalThis as { [KEY]?: Map<string, unknown> };
  holder[KEY] ??= new Map();
  return holder[KEY];
}
