import { customType } from "drizzle-orm/pg-core";

/** Bytes as they are. PGlite gives a Uint8Array and pg a Buffer, which is one. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "bytea",
});
