import type { Metadata } from "next";
import { LinkPage } from "@/components/enter/link-page";

export const metadata: Metadata = { title: "Invitation" };

export default async function Invite({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return <LinkPage token={token} />;
}
