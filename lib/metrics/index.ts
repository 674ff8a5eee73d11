export { metersBetweenSteps, SCRAPE_GAP_MIN_MS } from "./meters";
export { type PrometheusRequest, readPrometheus } from "./read-prometheus";
export { type RangeRequest, type RangeSeries, type RangeSubject, type RatePoint, readPrometheusRange } from "./read-prometheus-range";
export { type ScrapeRequest, scrapeExporter } from "./scrape-exporter";
