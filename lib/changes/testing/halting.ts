/** Where a process ends: before or after the effect of a call. From then on it makes none, and gets no answer to any. */
export interface Halt {
  /** How many more calls are made. */
  left: number;
  /** true: the last one has its effect, but its answer does not arrive. */
  afterEffect: boolean;
}

export function neverHalt(): Halt {
  return { left: Number.POSITIVE_INFINITY, afterEffect: false };
}

/** Counts the calls of an object's methods and ends with one of them, as if the process had been killed there. */
export function halting<T extends object>(object: T, halt: Halt): T {
  return new Proxy(object, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        halt.left--;
        if (halt.left > 0) return value.apply(target, args);
        if (halt.left === 0 && halt.afterEffect) void Promise.resolve(value.apply(target, args)).catch(() => undefined);
        return new Promise(() => undefined);
      };
    },
  });
}
