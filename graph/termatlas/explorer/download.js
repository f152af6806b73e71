import { toCsv } from "./csv.js";
import { byId, element } from "./dom.js";

/** The menu that saves what is shown. @param {Atlas} atlas @param {() => ArrayLike<number>} rows @param {() => { toPng(): Promise<Blob>, toSvg(): string } | null} map */
export function createDownloads(atlas, rows, map) {
  const name = atlas.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "glossary";
  /** @type {[string, () => Promise<Blob> | Blob | null][]} */
  const kinds = [
    ["csv", () => new Blob(["\ufeff", toCsv(atlas, rows())], { type: "text/csv" })], // the mark tells spreadsheets that it is UTF-8
    ["png", () => map()?.toPng() ?? null],
    ["svg", () => blobOf(map()?.toSvg(), "image/svg+xml")],
  ];
  for (const [ending, make] of kinds) byId("save-" + ending).addEventListener("click", async () => save(await make(), `${name}.${ending}`));
}

/** @param {string | undefined} text @param {string} type */
function blobOf(text, type) {
  return text === undefined ? null : new Blob([text], { type });
}

/** @param {Blob | null} blob @param {string} name */
function save(blob, name) {
  byId("downloads").hidePopover?.();
  if (!blob) return;
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
