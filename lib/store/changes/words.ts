/** PostgreSQL holds words of up to 2,046 bytes, and nobody types longer ones. */
const LETTERS_MAX = 100;
const WORDS_MAX = 500;

/** What of a text is searched by: its runs of letters and digits, in lower case, each once. */
export function wordsOf(...texts: readonly (string | null)[]): string[] {
  const found = texts.flatMap((text) => text?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  return [...new Set(found.map((word) => word.slice(0, LETTERS_MAX)))].slice(0, WORDS_MAX);
}

/** A tsquery for all of the words of a text, each as the beginning of a word; null: it has none. */
export function wordsQuery(text: string): string | null {
  const words = wordsOf(text);
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(" & ");
}
