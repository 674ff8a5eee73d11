import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  stop: () => Promise<void>;
}

interface Options {
  /** Where the provider may send browsers back to. */
  redirectUris: string[];
  /** Groups of an account, by the name that is typed at its form. */
  groupsOf: (account: string) => string[];
  port?: number;
}

const CLIENT = { id: "tenant-console", secret: "a-secret-of-the-sandbox" };

/** An identity provider of OpenID Connect on this machine, with its own form for names: any password will do. */
export async function startProvider({ redirectUris, groupsOf, port = 0 }: Options): Promise<IdentityProvider> {
  const { createServer } = await import("node:http");
  const server = createServer();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      { client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: redirectUris, token_endpoint_auth_method: "client_secret_post" },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" } as never] },
    cookies: { keys: ["a-key-of-the-sandbox"] },
    claims: { openid: ["sub"], profile: ["groups"], email: ["email"] },
    scopes: ["openid", "profile", "email"],
    // Groups go into the id token, as the providers that companies have do it.
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: `${id}@example.com`, groups: groupsOf(id) }),
    }),
  });
  server.on("request", provider.callback());
  return {
    issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
