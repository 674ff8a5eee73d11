/** What a protected write carries: it is refused once the lease has another fence. */
export interface Fence {
  name: string;
  fence: number;
}

/** A lease in hand, until it runs out on the database's clock. */
export interface Lease extends Fence {
  holder: string;
}
