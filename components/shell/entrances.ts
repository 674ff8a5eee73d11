/** Pages for who has not signed in. */
export function isEntrance(pathname: string): boolean {
  return /^\/(?:sign-in|welcome|invite)$/.test(pathname);
}
