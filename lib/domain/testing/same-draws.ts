/** Imported for what it does: property tests draw the same cases in every run, so that what fails anywhere fails everywhere. */
import fc from "fast-check";

fc.configureGlobal({ seed: 1 });
