/** The console's own metrics by name with labels, as /api/metrics prints them. */
export async function ownMetrics(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/api/metrics`)).text();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
}

/** How many readings of the brokers have ended: of all parts, or of one. */
export function sweepsOf(metrics: Map<string, number>, part = ""): number {
  const counts = [...metrics].filter(([name]) => name.startsWith("tenant_console_sweep_seconds_count{") && name.includes(`part="${part}`));
  return counts.reduce((sum, [, count]) => sum + count, 0);
}
