import { expect, it } from "vitest";
import { isForbiddenHost } from "./forbidden-host";

it.each([
  "169.254.169.254",
  "169.254.0.1",
  "169.254.169.254.",
  "2852039166",
  "0xa9fea9fe",
  "0xa9.0xfe.0xa9.0xfe",
  "0251.0376.0251.0376",
  "169.254.43518",
  "100.100.100.200",
  "0.0.0.0",
  "metadata.google.internal",
  "METADATA",
  "[fe80::1]",
  "fe80::1",
  "fd00:ec2::254",
  "[::ffff:169.254.169.254]",
  "[::ffff:a9fe:a9fe]",
])("refuses %s", (host) => {
  expect(isForbiddenHost(host)).toBe(true);
});

it.each(["127.0.0.1", "10.0.0.1", "b-1.example", "169.253.1.1", "169.254.example.com", "[::1]", "fd12::1", "localhost", "1.169.254.1"])(
  "takes %s",
  (host) => {
    expect(isForbiddenHost(host)).toBe(false);
  },
);
