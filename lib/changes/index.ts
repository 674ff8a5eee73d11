export { changeStore } from "./change-store";
export { DEFAULT_CHANGE_SETTINGS } from "./settings";
export { type ChangeRunner, startChanges } from "./start-changes";
