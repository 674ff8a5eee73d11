"use client";

import { Dialog } from "@/components/ui/dialog";
import { RailFoot } from "./rail-foot";
import { RailLinks } from "./rail-links";

/** The rail of a narrow page. */
export function Drawer({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Menu" showTitle={false} className="drawer">
      <RailLinks onFollow={onClose} />
      <RailFoot />
    </Dialog>
  );
}
