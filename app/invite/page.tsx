import type { Metadata } from "next";
import { LinkPage } from "@/components/enter/link-page";

export const metadata: Metadata = { title: "Invitation" };

export default function Invite() {
  return <LinkPage />;
}
