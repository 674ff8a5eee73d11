"use client";

import { createContext } from "react";
import type { ActorView } from "@/lib/domain/views/clusters";

/** Who the server drew the page for; undefined: nobody who is signed in. */
export const FirstActor = createContext<ActorView | undefined>(undefined);
