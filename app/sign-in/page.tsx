import type { Metadata } from "next";
import { SignInPage } from "@/components/enter/sign-in-page";

export const metadata: Metadata = { title: "Sign in" };

export default function SignIn() {
  return <SignInPage />;
}
