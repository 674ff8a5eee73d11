/** Names are given by people: nothing in them is markup, and none of them begins a line of its own. */
export function markdownText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").replaceAll(/([\\`*_[\]<>#|])/g, "\\$1");
}
