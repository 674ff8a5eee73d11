import { z } from "zod";

/** Bytes of a record as a person may look at them. Whoever gets them shows text and nothing else. */
export const ShownBytes = z.object({
  /** `text`: what is shown is UTF-8. `hex`: it is not, and each byte stands as two digits. */
  form: z.enum(["text", "hex"]),
  shown: z.string(),
  /** Of all of it, shown or not. */
  bytes: z.number(),
  /** Only its beginning is shown. */
  cut: z.boolean(),
  /** Characters that stand as their code, `\u{202e}`, because they cannot be seen or would turn the others round. */
  coded: z.number(),
});
export type ShownBytes = z.infer<typeof ShownBytes>;

/** Controls and format characters (among them all that set a direction, and those of no width), and two that break lines unseen. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const LINE = new Set(["\n", "\t"]);

/** null stays null: a record without a value is not one with an empty value. */
export function showBytes(bytes: Uint8Array | null, bytesMax: number): ShownBytes | null {
  if (bytes === null) return null;
  const cut = bytes.byteLength > bytesMax;
  const part = cut ? bytes.subarray(0, bytesMax) : bytes;
  const text = decoded(part, cut);
  const about = { bytes: bytes.byteLength, cut };
  return text === null ? { form: "hex", shown: hexOf(part), coded: 0, ...about } : { form: "text", ...visible(text), ...about };
}

/** A text that was decoded already, such as a header's name. Cut by characters. */
export function showText(text: string, charactersMax: number): string {
  const shown = visible(text.slice(0, charactersMax).toWellFormed()).shown;
  return text.length > charactersMax ? `${shown}…` : shown;
}

/** null: it is no UTF-8. Where it was cut, the last character may be there in part and is left out. */
function decoded(bytes: Uint8Array, cut: boolean): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

function visible(text: string): { shown: string; coded: number } {
  let coded = 0;
  const shown = text.replaceAll(UNSEEN, (character) => {
    if (LINE.has(character)) return character;
    coded += 1;
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return { shown, coded };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
