import type { Store } from "@/lib/store/store";
import { changeListSuite } from "./change-list-suite";
import { changeProgressSuite } from "./change-progress-suite";
import { changeSuite } from "./change-suite";
import { clusterStateSuite } from "./cluster-state-suite";
import { conditionSuite } from "./condition-suite";
import { declarationSuite } from "./declaration-suite";
import { historySuite } from "./history-suite";
import { leaseSuite } from "./lease-suite";
import { minuteSuite } from "./minute-suite";
import { monthSuite } from "./month-suite";
import { noiseSuite } from "./noise-suite";
import { payloadSuite } from "./payload-suite";
import { peopleSuite } from "./people-suite";
import { registrySuite } from "./registry-suite";
import { rollupSuite } from "./rollup-suite";
import { storeSuite } from "./store-suite";
import { writtenSuite } from "./written-suite";

/** What every database has to do, on a fresh one. */
export function storeSuites(open: () => Store): void {
  registrySuite(open);
  storeSuite(open);
  leaseSuite(open);
  minuteSuite(open);
  rollupSuite(open);
  historySuite(open);
  conditionSuite(open);
  clusterStateSuite(open);
  changeSuite(open);
  changeProgressSuite(open);
  changeListSuite(open);
  declarationSuite(open);
  writtenSuite(open);
  noiseSuite(open);
  monthSuite(open);
  peopleSuite(open);
  payloadSuite(open);
}
