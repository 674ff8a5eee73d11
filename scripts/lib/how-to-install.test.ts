import { describe, expect, it } from "vitest";
import { howToInstall, systemOf } from "./how-to-install.mjs";
import { TEST_TOOLS } from "./install.mjs";

const release = (id: string, like = "") => `NAME="Some Linux"\nVERSION_ID="9.4"\nID=${id}\n${like === "" ? "" : `ID_LIKE="${like}"\n`}`;
const all = TEST_TOOLS.map((name) => ({ name, why: "it is needed" }));

describe("what is missing", () => {
  it.each<[string, string, string]>([
    ["Debian", release("debian"), "apt-get install -y --no-install-recommends default-jre-headless maven openssl chromium postgresql"],
    ["Ubuntu", release("ubuntu", "debian"), "default-jre-headless maven openssl chromium-browser postgresql"],
    ["what is like Ubuntu", release("linuxmint", "ubuntu debian"), "default-jre-headless maven openssl chromium-browser postgresql"],
    ["Fedora", release("fedora"), "sudo dnf install -y java-21-openjdk-headless maven openssl chromium postgresql-server"],
    ["what is like RHEL", release('"rocky"', "rhel centos fedora"), "dnf install -y java-21-openjdk-headless"],
    ["Alpine", release("alpine"), "sudo apk add openjdk21-jre-headless maven openssl chromium postgresql"],
    ["Arch", release("arch"), "sudo pacman -S --needed jdk-openjdk maven openssl chromium postgresql"],
  ])("comes with the command of %s", (_name, osRelease, command) => {
    expect(howToInstall(all, systemOf(osRelease)).split("\n").at(-1)).toContain(command);
  });

  it("names what is missing alone, and why", () => {
    const text = howToInstall([{ name: "java", why: "Java 17 or newer runs Kafka" }], systemOf(release("fedora")));
    expect(text).toBe(
      "This is missing:\n  java         Java 17 or newer runs Kafka\nInstall it and start again; on Fedora and RHEL:\n  sudo dnf install -y java-21-openjdk-headless",
    );
  });

  it.each(["", release("slackware"), "ID=\nID_LIKE=\n"])("gives no command for a system whose packages are not known", (osRelease) => {
    expect(systemOf(osRelease)).toBeNull();
    const text = howToInstall(all, null);
    expect(text).not.toContain("sudo");
    expect(text).toContain("Debian's packages of it are: default-jre-headless");
  });
});

it("is installed through apt on Debian and what is like it alone", () => {
  const systems = ["debian", "ubuntu", "fedora", "alpine", "arch", "slackware"].filter((id) => systemOf(release(id))?.apt);
  expect(systems).toEqual(["debian", "ubuntu"]);
});
