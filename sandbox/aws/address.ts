import type { Sandbox } from "@/sandbox/kafka/topology";

/** Where the AWS side of a sandbox listens: an address of its own on loopback, one port for every service. */
export const AWS_PORT = 4566;

export const awsHost = (sandbox: Sandbox) => `${sandbox.net}.9`;

export const awsUrl = (sandbox: Sandbox) => `http://${awsHost(sandbox)}:${AWS_PORT}`;
