import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  const hosts = sandbox.clusters.flatMap((cluster) => cluster.nodes.map((node) => node.host));
  if (isIssuedFor(brokerKeystore(sandbox), hosts)) return;
  mkdirSync(join(sandbox.dir, "pki"), { recursive: true, mode: 0o700 });
  if (!existsSync(caKeyFile(sandbox))) await createAuthority(sandbox);
  const extension = `subjectAltName=${[...hosts.map((host) => `IP:${host}`), "DNS:localhost"].join(",")}`;
  rmSync(join(sandbox.dir, "secrets", "broker.crt"), { force: true });
  const { certificate, key } = await issueCertificate(sandbox, "broker", extension);
  writeFileSync(brokerKeystore(sandbox), `${readFileSync(key, "utf8")}${readFileSync(certificate, "utf8")}`, { mode: 0o600 });
}

/** A sandbox of an earlier version may have had fewer brokers. */
function isIssuedFor(keystore: string, hosts: string[]): boolean {
  if (!existsSync(keystore)) return false;
  const certificate = new X509Certificate(readFileSync(keystore));
  return hosts.every((host) => certificate.checkIP(host) !== undefined);
}

async function createAuthority(sandbox: Sandbox): Promise<void> {
  await openssl(
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "3650"],
    ...["-subj", "/O=Sandbox/CN=Sandbox authority", "-keyout", caKeyFile(sandbox), "-out", caFile(sandbox)],
    ...["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
  );
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
