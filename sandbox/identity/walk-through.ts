/** A browser's part of a sign-in at the provider: fills its two forms as `account`, and answers the address it is sent back to. */
export async function walkThrough(location: string, account: string, callback: string): Promise<URL> {
  const jar = new Map<string, string>();
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
    form = new URLSearchParams(
      html.includes('name="login"') ? { prompt: "login", login: account, password: "any" } : { prompt: "consent" },
    );
  }
  throw new Error("The provider sent the browser around and never back.");
}
