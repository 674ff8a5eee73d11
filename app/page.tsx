import { redirect } from "next/navigation";
import { paths } from "@/lib/domain/paths";

export default function Home() {
  redirect(paths.tenants());
}
