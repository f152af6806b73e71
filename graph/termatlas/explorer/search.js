/**
 * Folded texts, one a line, in one string: a search in it is one native scan instead of one a text.
 * Line i lies behind the line break at starts[i] and belongs to term terms[i].
 * @typedef {{ text: string, starts: Uint32Array, terms: Uint32Array }} Haystack
 * @typedef {{ line: number, at: number }} Hit at: where in the line
 */

const MARKS = /[\u0300-\u036f]/g;
const LETTER = /[\p{L}\p{N}]/u;
const haystacks = /** @type {WeakMap<object, Haystack>} */ (new WeakMap());

/**
 * Terms that a text is in, best first: names and aliases that are it; names that start with it, have a word that does,
 * have it anywhere; aliases likewise; definitions. Equals by importance; case and accents do not count.
 * Start and end are where it stands in the name, the aliases or the definition.
 * @param {Atlas} atlas @param {string[] | null} definitions @param {string} text @param {number} limit @returns {Found[]}
 */
export function search(atlas, definitions, text, limit) {
  const asked = folded(text).replace(/\s+/g, " ").trim();
  const found = /** @type {Map<number, Found>} */ (new Map());
  if (!asked) return [];
  const names = haystackOf(atlas.names, (name) => [name]);
  const aliases = haystackOf(atlas.aliases, (several) => (several ? several.split("\n") : []));
  /** @param {Haystack} hay @param {Found["field"]} field @param {string[]} texts @param {Iterable<Hit>} hits */
  const add = (hay, field, texts, hits) => {
    for (const hit of hits) {
      if (found.size >= limit) return;
      const index = hay.terms[hit.line];
      if (!found.has(index)) found.set(index, { index, field, ...spanOf(hay, hit, asked.length, texts[index]) });
    }
  };
  add(names, "name", atlas.names, starting(names, asked, "\n"));
  add(aliases, "alias", atlas.aliases, starting(aliases, asked, "\n"));
  add(names, "name", atlas.names, starting(names, asked, ""));
  add(names, "name", atlas.names, containing(names, asked, limit, found));
  add(aliases, "alias", atlas.aliases, starting(aliases, asked, ""));
  add(aliases, "alias", atlas.aliases, containing(aliases, asked, limit, found));
  if (!definitions || found.size >= limit) return [...found.values()];
  const said = haystackOf(definitions, (definition) => [definition]);
  add(said, "definition", definitions, containing(said, asked, limit, found));
  return [...found.values()];
}

/** A text without case, accents and kinds of spaces but line breaks. @param {string} text */
export function folded(text) {
  const lower = text.toLowerCase();
  // eslint-disable-next-line no-control-regex
  const plain = /^[\x00-\x7f]*$/.test(lower) ? lower : lower.normalize("NFKD").replace(MARKS, "").replaceAll("ς", "σ");
  return plain.replace(/[^\S\n ]/g, " ");
}

/** @param {string[]} texts @param {(text: string) => string[]} lines @returns {Haystack} */
function haystackOf(texts, lines) {
  const known = haystacks.get(texts);
  if (known) return known;
  const made = [];
  const terms = [];
  for (let index = 0; index < texts.length; index++)
    for (const line of lines(texts[index])) {
      made.push(line.replaceAll("\n", " "));
      terms.push(index);
    }
  const text = folded("\n" + made.join("\n") + "\n"); // all at once: many small strings would take much longer
  const starts = new Uint32Array(made.length + 1);
  for (let at = 0, place = 0; at <= made.length; at++, place = text.indexOf("\n", place + 1)) starts[at] = place;
  const hay = { text, starts, terms: Uint32Array.from(terms) };
  haystacks.set(texts, hay);
  return hay;
}

/** The lines that start with a text, or, with "\n" for `end`, are it. @param {Haystack} hay @param {string} asked @param {string} end @returns {Generator<Hit>} */
function* starting(hay, asked, end) {
  const needle = "\n" + asked + end;
  for (let at = hay.text.indexOf(needle), line = 0; at >= 0; at = hay.text.indexOf(needle, at + 1)) {
    line = lineAt(hay, at, line);
    yield { line, at: 0 };
  }
}

/** The lines with a text in them, once each, those first in which a word starts with it. @param {Haystack} hay @param {string} asked @param {number} limit @param {Map<number, Found>} found @returns {Generator<Hit>} */
function* containing(hay, asked, limit, found) {
  const inside = /** @type {Hit[]} */ ([]);
  const most = limit - found.size;
  let line = 0;
  for (let at = hay.text.indexOf(asked, 1); at >= 0; at = hay.text.indexOf(asked, hay.starts[line + 1] + 1)) {
    line = lineAt(hay, at - 1, line);
    if (found.has(hay.terms[line])) continue;
    const start = hay.starts[line];
    const word = wordStart(hay, asked, at, line);
    if (word >= 0) yield { line, at: word - start - 1 };
    else if (inside.length < most) inside.push({ line, at: at - start - 1 });
    if (found.size >= limit) return;
  }
  yield* inside;
}

/** Where in a line, from a hit on, a word starts with a text; -1 where none does. @param {Haystack} hay @param {string} asked @param {number} at @param {number} line */
function wordStart({ text, starts }, asked, at, line) {
  const end = starts[line + 1];
  for (let place = at; place >= 0 && place <= end; place = text.indexOf(asked, place + 1)) if (!LETTER.test(text[place - 1])) return place;
  return -1;
}

/** The line of a place in the text, from a line known to be no later; hits come in order. @param {Haystack} hay @param {number} at @param {number} line */
function lineAt({ starts }, at, line) {
  let high = starts.length - 1;
  while (high - line > 1) {
    const middle = (line + high) >>> 1;
    if (starts[middle] <= at) line = middle;
    else high = middle;
  }
  return line;
}

/** Where a hit stands in the text as it is written. @param {Haystack} hay @param {Hit} hit @param {number} length @param {string} text */
function spanOf(hay, { line, at }, length, text) {
  const place = hay.starts[line] + 1;
  const wanted = hay.text.slice(place, hay.starts[line + 1]);
  let from = 0;
  for (const part of text.split("\n")) {
    if (folded(part) === wanted) return spanIn(part, from, at, at + length);
    from += part.length + 1;
  }
  return spanIn(text, 0, at, at + length);
}

/** @param {string} text @param {number} from where text starts in the whole @param {number} start of the hit in the folded text @param {number} end */
function spanIn(text, from, start, end) {
  const span = { start: -1, end: text.length };
  let [place, seen] = [0, 0];
  for (const sign of text) {
    const size = folded(sign).length; // 0 for an accent that stands by itself
    if (size && span.start < 0 && seen >= start) span.start = place;
    if (size && seen >= end) {
      span.end = place;
      break;
    }
    seen += size;
    place += sign.length;
  }
  return { start: from + Math.max(span.start, 0), end: from + span.end };
}
