/**
 * @typedef {"java" | "maven" | "openssl" | "chromium" | "postgresql"} ToolName
 * @typedef {{ name: string, ids: string[], apt: boolean, command: string, packages: Record<ToolName, string> }} System
 */

/** @type {System} */
const DEBIAN = {
  name: "Debian",
  ids: ["debian"],
  apt: true,
  command: "sudo apt-get update && sudo apt-get install -y --no-install-recommends",
  packages: { java: "default-jre-headless", maven: "maven", openssl: "openssl", chromium: "chromium", postgresql: "postgresql" },
};

/**
 * Systems, the ids by which `/etc/os-release` names them and those that are like them, and the packages that bring each tool.
 * @type {System[]}
 */
const SYSTEMS = [
  // Before Debian, which it says it is like. Its Chromium is a snap, brought by the package of the old name.
  { ...DEBIAN, name: "Ubuntu", ids: ["ubuntu"], packages: { ...DEBIAN.packages, chromium: "chromium-browser" } },
  DEBIAN,
  {
    name: "Fedora and RHEL",
    ids: ["fedora", "rhel", "centos"],
    apt: false,
    command: "sudo dnf install -y",
    // `postgresql` alone is the client. On RHEL, Chromium comes from EPEL.
    packages: {
      java: "java-21-openjdk-headless",
      maven: "maven",
      openssl: "openssl",
      chromium: "chromium",
      postgresql: "postgresql-server",
    },
  },
  {
    name: "Alpine",
    ids: ["alpine"],
    apt: false,
    command: "sudo apk add",
    packages: { java: "openjdk21-jre-headless", maven: "maven", openssl: "openssl", chromium: "chromium", postgresql: "postgresql" },
  },
  {
    name: "Arch",
    ids: ["arch"],
    apt: false,
    command: "sudo pacman -S --needed",
    // Its Maven wants a whole JDK, which conflicts with a runtime alone.
    packages: { java: "jdk-openjdk", maven: "maven", openssl: "openssl", chromium: "chromium", postgresql: "postgresql" },
  },
];

/**
 * @param {string} osRelease what `/etc/os-release` says
 * @returns {System | null} null: none of those whose packages are known
 */
export function systemOf(osRelease) {
  const field = (/** @type {string} */ name) => new RegExp(`^${name}="?([^"\n]*)"?$`, "m").exec(osRelease)?.[1] ?? "";
  const ids = `${field("ID")} ${field("ID_LIKE")}`.split(" ");
  return ids.map((id) => SYSTEMS.find((system) => system.ids.includes(id))).find((system) => system !== undefined) ?? null;
}

/**
 * What is missing, why it is needed, and the command to type; where the system is not known, Debian's names of the packages.
 * @param {{ name: ToolName, why: string }[]} missing
 * @param {System | null} system
 */
export function howToInstall(missing, system) {
  const reasons = missing.map(({ name, why }) => `  ${name.padEnd(12)} ${why}`).join("\n");
  const { command, packages } = system ?? DEBIAN;
  const names = missing.map(({ name }) => packages[name]).join(" ");
  return system === null
    ? `This is missing:\n${reasons}\nInstall it and start again. Debian's packages of it are: ${names}`
    : `This is missing:\n${reasons}\nInstall it and start again; on ${system.name}:\n  ${command} ${names}`;
}
