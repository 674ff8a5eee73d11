import { customType } from "drizzle-orm/pg-core";

/** Words to search by, given as they are: letters and digits only. Compared with `@@`, never read back. */
export const tsvector = customType<{ data: readonly string[]; driverData: string }>({
  dataType: () => "tsvector",
  toDriver: (words) => words.map((word) => `'${word}'`).join(" "),
});
