import type { Metadata } from "next";
import { LinkPage } from "@/components/enter/link-page";

export const metadata: Metadata = { title: "Welcome" };

export default async function Welcome({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return <LinkPage token={token} />;
}
