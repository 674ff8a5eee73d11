import type { Metadata } from "next";
import { LinkPage } from "@/components/enter/link-page";

export const metadata: Metadata = { title: "Welcome" };

export default function Welcome() {
  return <LinkPage />;
}
