"use client";

import { Menu } from "lucide-react";
import { lazy, Suspense, useState } from "react";

const loadDrawer = () => import("./drawer").then((module) => ({ default: module.Drawer }));
const Drawer = lazy(loadDrawer);

/** Opens the console's pages where there is no room for the rail. */
export function MenuButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button quiet square menu-button"
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void loadDrawer()}
        onClick={() => setOpen(true)}
      >
        <Menu aria-hidden />
      </button>
      {open ? (
        <Suspense fallback={null}>
          <Drawer onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
