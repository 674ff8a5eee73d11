import { Download } from "lucide-react";
import { ButtonAnchor } from "@/components/ui/button";

/** The list on the page as a file: the whole filter, raw numbers, units in the head. */
export function ExportLink({ href, file }: { href: string; file: string }) {
  return (
    <ButtonAnchor href={href} download={`${file}.csv`}>
      <Download aria-hidden />
      Export CSV
    </ButtonAnchor>
  );
}
