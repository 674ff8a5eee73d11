/** A page of a list, as AWS hands it out. */
interface Page<T> {
  items: readonly T[];
  next: string | undefined;
}

export interface Pages<T> {
  items: T[];
  /** There would have been more pages. */
  cut: boolean;
}

/** Reads a list to its end, or to `pagesMax`. A token that comes twice ends it: it would go on for ever. */
export async function allPages<T>(pagesMax: number, read: (token: string | undefined) => Promise<Page<T>>): Promise<Pages<T>> {
  const items: T[] = [];
  let token: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const { items: more, next } = await read(token);
    for (const item of more) items.push(item);
    if (next === undefined || next === "") return { items, cut: false };
    if (next === token) return { items, cut: true };
    token = next;
  }
  return { items, cut: true };
}
