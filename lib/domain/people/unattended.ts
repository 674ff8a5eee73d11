/**
 * A page says by this header that nobody has touched it lately and that it asks by itself: such a request finds its session, and is no use
 * of it, so that a browser that was left open does not keep it alive. Whoever leaves it out is taken to be there.
 */
export const UNATTENDED_HEADER = "x-unattended";
