/** The tenants of the pool, largest first. */
export const POOL_TENANTS: readonly string[] = [
  "alder-books",
  "birchway",
  "canopy",
  "dovetail",
  "ember",
  "juniper",
  "fathom",
  "glasshouse",
  "hatch-cycles",
  "inkwell",
  "jetty",
  "kiln",
  "ladder",
  "marrow",
  "nettle",
  "oxbow",
  "pantry",
  "quill",
  "rowan",
  "saltmarsh",
  "thimble",
  "upland",
  "verdigris",
  "wicker",
  "yarrow",
  "zephyr",
  "anvil",
  "bramble",
  "cinder",
  "dune",
  "eyrie",
  "flint",
  "gantry",
  "heather",
  "islet",
  "juno",
  "keystone",
  "lantern",
  "meadow",
  "nook",
];

/** The last ones are signed up and send nothing. */
const SILENT_COUNT = 3;

/** How often a tenant's batches come, relative to the others: Zipf's law, and nothing from the silent ones. */
export const POOL_WEIGHTS: readonly number[] = POOL_TENANTS.map((_, rank) =>
  rank < POOL_TENANTS.length - SILENT_COUNT ? 1 / (rank + 1) : 0,
);
