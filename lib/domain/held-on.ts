/**
 * Keeps what follows from an object on the object itself, seen by nobody else: for tens of thousands of objects. A WeakMap of so many makes
 * the garbage collector stop everything while it finds out which of them live.
 */
export function heldOn<Key extends object, Value>(): { get: (key: Key) => Value | undefined; set: (key: Key, value: Value) => Value } {
  const slot = Symbol("held");
  return {
    get: (key) => (key as { [slot]?: Value })[slot],
    set(key, value) {
      // Not enumerable: neither a copy nor what is written of the object takes it along.
      Object.defineProperty(key, slot, { value, writable: true, configurable: true, enumerable: false });
      return value;
    },
  };
}
