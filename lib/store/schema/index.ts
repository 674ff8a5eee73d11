export * from "./changes";
export * from "./cluster-state";
export * from "./conditions";
export * from "./leases";
export * from "./registry";
export * from "./rollups";
export * from "./written-marks";
