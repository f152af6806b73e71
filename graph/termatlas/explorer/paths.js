import { createCombobox } from "./combobox.js";
import { byId, element, inputById, swatch, termLink } from "./dom.js";
import { shortestPaths } from "./graph.js";
import { search } from "./search.js";
import { hitChoice } from "./searchbox.js";
import { plural, sentence } from "./words.js";

const MOST_PATHS = 50;

/** Shortest ways between two terms. @param {Atlas} atlas @param {Store} store @param {(words: string) => void} say */
export function createPaths(atlas, store, say) {
  const directed = inputById("path-directed");
  let found = /** @type {number[][]} */ ([]);

  const seek = () => {
    const { path } = store.get();
    const isWhole = path !== null && path.from >= 0 && path.to >= 0 && path.from !== path.to;
    found = isWhole ? shortestPaths(atlas, path.from, path.to, { directed: path.directed, limit: MOST_PATHS }) : [];
  };
  const draw = () => {
    const { path } = store.get();
    const words = pathWords(atlas, path, found);
    const shown = found[(path?.chosen ?? 0) % (found.length || 1)] ?? [];
    showEnds(atlas, path);
    directed.checked = path?.directed ?? false;
    byId("path-words").textContent = words;
    byId("path-turn").hidden = found.length < 2;
    byId("path-steps").replaceChildren(...shown.map((index, at) => step(atlas, index, shown[at + 1])));
    return words;
  };
  /** @param {Partial<NonNullable<View["path"]>>} patch */
  const change = (patch) => store.set({ path: { from: -1, to: -1, directed: directed.checked, ...store.get().path, chosen: 0, ...patch } });
  /** @param {number} by */
  const turn = (by) => {
    const chosen = ((store.get().path?.chosen ?? 0) + by + found.length) % found.length;
    change({ chosen });
  };

  for (const id of ["path-from", "path-to"]) byId(id).addEventListener("blur", () => showEnds(atlas, store.get().path)); // what was typed and not chosen goes
  pickTerm(atlas, "path-from", (index) => change({ from: index }), say);
  pickTerm(atlas, "path-to", (index) => change({ to: index }), say);
  directed.addEventListener("change", () => change({ directed: directed.checked }));
  byId("path-swap").addEventListener("click", () => change({ from: store.get().path?.to, to: store.get().path?.from }));
  const [previous, next] = byId("path-turn").querySelectorAll("button");
  previous.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  store.subscribe((view, before) => {
    if (view.path === before.path && view.mode === before.mode) return;
    if (view.path !== before.path) seek();
    if (view.mode === "path") say(draw());
  });
  seek();
  draw();
  return {
    /** The paths to draw, the chosen one first. */
    found() {
      const { mode, path } = store.get();
      const at = (path?.chosen ?? 0) % (found.length || 1);
      return mode === "path" ? [...found.slice(at, at + 1), ...found.slice(0, at), ...found.slice(at + 1)] : [];
    },
  };
}

/** @param {Atlas} atlas @param {string} id @param {(index: number) => void} choose @param {(words: string) => void} say */
function pickTerm(atlas, id, choose, say) {
  createCombobox(
    inputById(id), byId(id + "-list"),
    (text) => search(atlas, null, text, 20).map((hit) => hitChoice(atlas, null, hit, () => choose(hit.index))),
    (choices) => say(plural(choices.length, "term") + " found"),
  );
}

/** @param {Atlas} atlas @param {View["path"]} path */
function showEnds(atlas, path) {
  inputById("path-from").value = atlas.names[path?.from ?? -1] ?? "";
  inputById("path-to").value = atlas.names[path?.to ?? -1] ?? "";
}

/** @param {Atlas} atlas @param {View["path"]} path @param {number[][]} found */
function pathWords(atlas, path, found) {
  if (!path || path.from < 0 || path.to < 0) return "Choose two terms to see the shortest way from one to the other.";
  if (path.from === path.to) return "Both ends are the same term. Choose another one.";
  if (!found.length) return noPathWords(atlas, path);
  const length = sentence(plural(found[0].length - 1, "step"));
  if (found.length === 1) return length + ".";
  return `${length}, path ${(path.chosen % found.length) + 1} of ${found.length === MOST_PATHS ? "the first " : ""}${found.length} equally short ones.`;
}

/** @param {Atlas} atlas @param {NonNullable<View["path"]>} path */
function noPathWords(atlas, path) {
  if (path.directed) return "No path along the direction of links. Try it without the direction, or swap the two terms.";
  const alone = [path.from, path.to].find((at) => atlas.component[at] !== 0) ?? path.to;
  return `No path: no chain of links joins the two. “${atlas.names[alone]}” is apart from most terms; a link to it or from it would join them.`;
}

/** @param {Atlas} atlas @param {number} index @param {number | undefined} next */
function step(atlas, index, next) {
  const made = element("li", {}, swatch(atlas, index), termLink(atlas, index));
  if (next === undefined) return made;
  made.append(element("span", { class: "way" }, wayTo(atlas, index, next)));
  return made;
}

/** The direction of the links between two neighbours. @param {Atlas} atlas @param {number} one @param {number} other */
function wayTo(atlas, one, other) {
  const { offsets, nodes } = atlas.out;
  const leadsOut = nodes.subarray(offsets[one], offsets[one + 1]).includes(other);
  const leadsBack = nodes.subarray(offsets[other], offsets[other + 1]).includes(one);
  return leadsOut && leadsBack ? "↔" : leadsOut ? "→" : "←";
}
