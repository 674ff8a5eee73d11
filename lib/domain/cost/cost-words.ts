const CENTS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const WHOLE = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });

/** "$1,234", "$12.30", "<$0.01": cents where they count. */
export function formatDollars(dollars: number): string {
  const size = Math.abs(dollars);
  if (size > 0 && size < 0.005) return "<$0.01";
  return (size > 0 && size < 99.5 ? CENTS : WHOLE).format(dollars);
}

/** A price as it is listed, with all its digits: "$0.204". */
export function formatPrice(dollars: number): string {
  return `$${Number(dollars.toFixed(6))}`;
}
