import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { Frame } from "@/components/shell/frame";
import { Providers } from "@/components/shell/providers";
import { pageActor } from "@/lib/server/enter/page-actor";
import "./globals.css";

// next/font reads these calls at build time: every argument must be written out.
const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--face-sans",
  weight: "100 900",
  adjustFontFallback: false,
});
const interWide = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
  variable: "--face-sans-wide",
  weight: "100 900",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    },
  ],
});
const mono = localFont({
  src: "../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
  variable: "--face-mono",
  weight: "100 800",
  preload: false,
  adjustFontFallback: false,
});
const monoWide = localFont({
  src: "../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-ext-wght-normal.woff2",
  variable: "--face-mono-wide",
  weight: "100 800",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    },
  ],
});

export const metadata: Metadata = {
  title: { default: "Tenant Console", template: "%s · Tenant Console" },
  description: "Every tenant's topics, lag and throughput against quota on Kafka.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

/** Reading the request makes every page dynamic, which a policy with a nonce needs. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [cookie, header] = await Promise.all([cookies(), headers()]);
  const rail = cookie.get("rail")?.value;
  const density = cookie.get("density")?.value;
  const actor = await pageActor(header);
  const fonts = [inter, interWide, mono, monoWide].map((font) => font.variable).join(" ");
  return (
    <html
      lang="en"
      className={fonts}
      data-rail={rail === "icons" || rail === "open" ? rail : undefined}
      data-density={density === "comfortable" ? density : undefined}
      suppressHydrationWarning
    >
      <body>
        <a className="skip" href="#main">
          Skip to content
        </a>
        <Providers nonce={header.get("x-nonce") ?? undefined} actor={actor}>
          <Frame initiallyCollapsed={rail === "icons"}>{children}</Frame>
        </Providers>
      </body>
    </html>
  );
}
