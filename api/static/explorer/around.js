// What stands around the picture; fetched once the picture is there.
export { controls } from "./controls.js";
export { downloads } from "./downloads.js";
export { legend } from "./legend.js";
export { panel } from "./panel.js";
export { player } from "./play.js";
export { combobox } from "./search.js";
export { table } from "./table.js";
