/** The sentence for a connection that is not there, with those that are. */
export function unknownCluster(cluster: string, clusterIds: ReadonlySet<string>): string {
  const known = [...clusterIds].slice(0, 10).join(", ");
  return `there is no connection "${cluster}"; ${known === "" ? "the console has no connections" : `the console knows ${known}`}`;
}
