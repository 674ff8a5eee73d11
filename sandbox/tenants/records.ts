/** Made-up but realistic records: a small JSON object whose list grows until the record has the wanted size. */
const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(Math.random() * from.length)] ?? from[0];
const between = (low: number, high: number): number => low + Math.floor(Math.random() * (high - low + 1));
const id = (prefix: string): string => `${prefix}-${between(100_000, 999_999_999).toString(36)}`;
const cents = (high: number): number => between(99, high * 100) / 100;

interface ShapePlan {
  head: () => Record<string, unknown>;
  /** Name of the list. */
  list: string;
  item: () => Record<string, unknown>;
}

const SHAPES = {
  order: {
    head: () => ({ orderId: id("o"), customerId: id("c"), channel: pick(["web", "app", "store"]), currency: pick(["EUR", "GBP", "USD"]) }),
    list: "lines",
    item: () => ({
      sku: id("sku"),
      title: pick(["Rain jacket", "Trail shoe", "Head torch", "Tent peg"]),
      quantity: between(1, 4),
      unitPrice: cents(240),
    }),
  },
  payment: {
    head: () => ({
      paymentId: id("p"),
      accountId: id("acc"),
      scheme: pick(["sepa", "card", "wallet"]),
      amount: cents(900),
      currency: "EUR",
    }),
    list: "checks",
    item: () => ({
      check: pick(["3ds", "sanctions", "velocity", "device"]),
      outcome: pick(["pass", "pass", "review"]),
      score: between(0, 1000),
      millis: between(2, 340),
    }),
  },
  position: {
    head: () => ({ tripId: id("t"), vehicleId: id("v"), firmware: pick(["4.2.1", "4.2.7", "5.0.0"]) }),
    list: "points",
    item: () => ({
      lat: between(48_000_000, 54_000_000) / 1e6,
      lon: between(4_000_000, 14_000_000) / 1e6,
      speedKmh: between(0, 130),
      headingDegrees: between(0, 359),
    }),
  },
  scan: {
    head: () => ({ scanId: id("s"), hub: pick(["RTM-2", "LEJ-1", "BRU-4"]), belt: between(1, 24), operator: id("op") }),
    list: "parcels",
    item: () => ({
      barcode: id("JK"),
      weightGrams: between(40, 24_000),
      millimetres: [between(60, 900), between(60, 600), between(10, 500)],
      status: pick(["sorted", "sorted", "missort"]),
    }),
  },
  reading: {
    head: () => ({ deviceId: id("d"), site: pick(["north", "harbour", "mill"]), batteryPercent: between(5, 100) }),
    list: "readings",
    item: () => ({
      sensor: pick(["temperature", "humidity", "co2", "vibration"]),
      value: between(0, 40_000) / 100,
      quality: pick(["good", "good", "suspect"]),
    }),
  },
  booking: {
    head: () => ({ reference: id("b"), customerId: id("c"), agent: pick(["web", "app", "desk"]), amount: cents(900), currency: "EUR" }),
    list: "parts",
    item: () => ({
      code: id("x"),
      from: pick(["AMS", "OSL", "LIS"]),
      to: pick(["RIX", "CPH", "DUB"]),
      seat: `${between(1, 38)}C`,
      fare: pick(["flex", "saver"]),
    }),
  },
  audit: {
    head: () => ({
      actor: id("u"),
      action: pick(["create", "update", "delete", "export"]),
      resource: id("r"),
      address: `198.51.100.${between(1, 254)}`,
    }),
    list: "changes",
    item: () => ({ field: pick(["status", "price", "owner", "address"]), before: id("x"), after: id("x") }),
  },
  activity: {
    head: () => ({ sessionId: id("se"), userId: id("u"), platform: pick(["ios", "android", "web"]), build: between(1000, 1100) }),
    list: "events",
    item: () => ({ name: pick(["open", "search", "view", "add", "close"]), target: id("x"), dwellMillis: between(10, 60_000) }),
  },
} satisfies Record<string, ShapePlan>;
export type Shape = keyof typeof SHAPES;

/** A record of about `bytes` bytes (never much less, at most one list item more), stamped with the time it tells of. */
export function makeRecord(shape: Shape, bytes: number, atMs: number): string {
  const plan: ShapePlan = SHAPES[shape];
  const head = JSON.stringify({ ...plan.head(), at: new Date(atMs).toISOString() }).slice(0, -1);
  const items: string[] = [];
  for (let size = head.length + plan.list.length; size < bytes; ) {
    const item = JSON.stringify(plan.item());
    items.push(item);
    size += item.length + 1;
  }
  return `${head},"${plan.list}":[${items.join(",")}]}`;
}

export const randomBetween = between;
