import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Sandbox } from "./topology";

const openssl = async (...args: string[]) => promisify(execFile)("openssl", args);

export interface Certificate {
  /** Certificate and its authority, PEM. */
  certificate: string;
  key: string;
}

export const caFile = (sandbox: Sandbox) => join(sandbox.dir, "ca.pem");
const caKeyFile = (sandbox: Sandbox) => join(sandbox.dir, "pki", "ca.key");

/** The PEM file with certificate, chain and private key that Kafka takes as a keystore. */
export const brokerKeystore = (sandbox: Sandbox) => join(sandbox.dir, "pki", "broker.pem");

/** The sandbox's own authority and one certificate for all its brokers, made once. */
export async function createCertificates(sandbox: Sandbox): Promise<void> {
  if (existsSync(brokerKeystore(sandbox))) return;
  mkdirSync(join(sandbox.dir, "pki"), { recursive: true, mode: 0o700 });
  await openssl(
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "3650"],
    ...["-subj", "/O=Sandbox/CN=Sandbox authority", "-keyout", caKeyFile(sandbox), "-out", caFile(sandbox)],
    ...["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
  );
  const addresses = sandbox.clusters.flatMap((cluster) => cluster.nodes.map((node) => `IP:${node.host}`));
  const { certificate, key } = await issueCertificate(sandbox, "broker", `subjectAltName=${[...addresses, "DNS:localhost"].join(",")}`);
  writeFileSync(brokerKeystore(sandbox), `${readFileSync(key, "utf8")}${readFileSync(certificate, "utf8")}`, { mode: 0o600 });
}

/** A certificate of the sandbox's authority; as a client's its principal is `User:CN=<name>`. Made once per name. */
export async function issueCertificate(sandbox: Sandbox, name: string, extension = "extendedKeyUsage=clientAuth"): Promise<Certificate> {
  const files = { certificate: join(sandbox.dir, "secrets", `${name}.crt`), key: join(sandbox.dir, "secrets", `${name}.key`) };
  if (existsSync(files.certificate)) return files;
  mkdirSync(join(sandbox.dir, "secrets"), { recursive: true, mode: 0o700 });
  const request = join(sandbox.dir, "pki", `${name}.csr`);
  const extensions = join(sandbox.dir, "pki", `${name}.ext`);
  writeFileSync(extensions, `${extension}\n`);
  await openssl(
    ...["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-subj", `/CN=${name}`],
    ...["-keyout", files.key, "-out", request],
  );
  await openssl(
    ...["x509", "-req", "-in", request, "-CA", caFile(sandbox), "-CAkey", caKeyFile(sandbox), "-CAcreateserial", "-days", "3650"],
    ...["-extfile", extensions, "-out", files.certificate],
  );
  writeFileSync(files.certificate, `${readFileSync(files.certificate, "utf8")}${readFileSync(caFile(sandbox), "utf8")}`);
  chmodSync(files.key, 0o600);
  return files;
}
