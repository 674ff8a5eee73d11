export { metersBetweenSteps, SCRAPE_GAP_MIN_MS } from "./meters";
export { readPrometheus } from "./read-prometheus";
export { type RangeRequest, type RangeSeries, readPrometheusRange } from "./read-prometheus-range";
export { type ReportedPage, type ReportedPageRequest, readReportedPage } from "./read-reported-page";
export { type ScrapeRequest, scrapeExporter } from "./scrape-exporter";
