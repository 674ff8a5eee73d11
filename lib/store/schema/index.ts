export * from "./changes";
export * from "./cluster-state";
export * from "./conditions";
export * from "./leases";
export * from "./noise";
export * from "./prices";
export * from "./registry";
export * from "./rollups";
