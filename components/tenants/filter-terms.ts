/** A filter's text as terms that stand alone (`tier:gold`) and free words. */
export interface FilterTerms {
  terms: string[];
  words: string;
}

const TERM = /[a-z]+:(?:"[^"]*"|\S+)/g;

/** Takes the terms with a key out of a text; what remains are words. A key without a value is still being typed. */
export function splitFilter(text: string): FilterTerms {
  const terms = text.match(TERM) ?? [];
  const words = text.replaceAll(TERM, " ").replaceAll(/\s+/g, " ").trim();
  return { terms: [...new Set(terms)], words };
}

export function joinFilter({ terms, words }: FilterTerms): string {
  return [...terms, words].filter((part) => part !== "").join(" ");
}

/** What is being typed at the end of the box: the part after the last space. */
export function lastToken(text: string): string {
  return /\S*$/.exec(text)?.[0] ?? "";
}

/** The words that can be searched for while a term at the end is still incomplete. */
export function settledWords(text: string): string {
  const { words } = splitFilter(text);
  return words.replace(/(?:^|\s)[a-z]+:$/, "").trim();
}
