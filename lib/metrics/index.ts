export { metersBetweenSteps, SCRAPE_GAP_MIN_MS } from "./meters";
export { type ScrapeRequest, scrapeExporter } from "./scrape-exporter";
