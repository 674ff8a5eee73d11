/** What a browser keeps of the provider, and how often it was asked there who it is. */
export interface Visitor {
  jar: Map<string, string>;
  asked: number;
}

export function newVisitor(): Visitor {
  return { jar: new Map(), asked: 0 };
}

/**
 * A browser's part of a sign-in at the provider: fills its two forms as `account`, and answers the address it is sent back to. A visitor
 * who comes again is known there, and may be asked for nothing.
 */
export async function walkThrough(location: string, account: string, callback: string, visitor: Visitor = newVisitor()): Promise<URL> {
  const { jar } = visitor;
  let url = new URL(location);
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 12; step += 1) {
    const answer: Response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form === null ? {} : { method: "POST", body: form }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = "", ...value] = (cookie.split(";")[0] ?? "").split("=");
      jar.set(name, value.join("="));
    }
    form = null;
    const next = answer.headers.get("location");
    if (next !== null) {
      url = new URL(next, url);
      if (url.href.startsWith(callback)) return url;
      continue;
    }
    const html = await answer.text();
    const action = /action="([^"]+)"/.exec(html)?.[1];
    if (action === undefined) throw new Error(`The provider shows no form at ${url}: ${html.slice(0, 400)}`);
    url = new URL(action, url);
    const asksWho = html.includes('name="login"');
    if (asksWho) visitor.asked += 1;
    form = new URLSearchParams(asksWho ? { prompt: "login", login: account, password: "any" } : { prompt: "consent" });
  }
  throw new Error("The provider sent the browser around and never back.");
}
