import { z } from "zod";

/** How somebody is called at sign-in: a user name or an e-mail address. Letter case does not matter. */
export const PersonName = z
  .string()
  .trim()
  .min(2)
  .max(120)
  .regex(/^[\p{L}\p{N}._@+-]+$/u, "may hold letters, digits and . _ @ + -")
  .transform((name) => name.toLowerCase());

/** Long rather than odd: length is what makes guessing slow. */
export const NewPassword = z.string().min(12, "must have at least 12 characters").max(200);

/** What cannot be seen, or turns the text around, would make one name look like another on the record. */
export const TokenName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{C}+$/u, "must not hold signs that cannot be seen");
