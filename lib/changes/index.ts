export { changeStore } from "./change-store";
export type { ChangesOptions } from "./options";
export { DEFAULT_CHANGE_SETTINGS } from "./settings";
export { type ChangeRunner, startChanges } from "./start-changes";
