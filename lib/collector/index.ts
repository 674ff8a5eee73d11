export { systemClock } from "./clock";
export { collectorStore } from "./collector-store";
export { DEFAULT_SETTINGS } from "./settings";
export { type Collector, type CollectorOptions, startCollector } from "./start-collector";
