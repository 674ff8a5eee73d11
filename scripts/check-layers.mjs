/** Checks that imports point down (`.dependency-cruiser.cjs`). Fails as well when a source file was not read: an empty run finds no breach. */
import { layerFaults, readLayers } from "./lib/layers.mjs";
import { REPOSITORY } from "./lib/layout.mjs";

const layers = readLayers(REPOSITORY);
const faults = layerFaults(layers);
for (const fault of faults) console.error(fault);
console.log(`${layers.read} of ${layers.read + layers.unread.length} source files read, ${layers.breaches.length} breaches`);
process.exit(faults.length > 0 ? 1 : 0);
