import { sorted, tableColumns } from "./columns.js";
import { byId, element, swatch, termLink } from "./dom.js";
import { showsSame } from "./filters.js";
import { number } from "./words.js";

const ALL_ROWS = 2000; // above so many rows only those in sight are in the page
const ROW_HEIGHT = 37; // pixels; explorer.css sets the same
const PRINTED_ROWS = 5000;

/** The terms as a table: all that the map shows. @param {Atlas} atlas @param {Store} store @param {() => Uint8Array} shown */
export function createTable(atlas, store, shown) {
  const box = byId("table");
  const body = element("tbody");
  const head = element("tr", { "aria-rowindex": 1 });
  const table = element("table", {}, element("caption", { class: "hide" }, "Terms"), element("thead", {}, head), body);
  const state = { columns: tableColumns(atlas, store.get().size), rows: /** @type {number[]} */ ([]), by: -1, falling: false, row: 0, from: -1, to: -1 };

  const arrange = () => {
    state.columns = tableColumns(atlas, store.get().size);
    const mask = shown();
    const rows = Array.from({ length: atlas.count }, (_, at) => at).filter((at) => mask[at]);
    state.rows = state.by < 0 ? rows : sorted(rows, state.columns[state.by] ?? state.columns[0], state.falling, atlas.language);
    state.row = 0;
    table.setAttribute("aria-rowcount", String(rows.length + 1));
    head.replaceChildren(...state.columns.map((column, at) => heading(column, at === state.by ? state.falling : null, () => sortBy(at))));
    box.scrollTop = 0;
    draw(true);
  };
  /** @param {number} by */
  const sortBy = (by) => {
    state.falling = by === state.by ? !state.falling : state.columns[by].numeric;
    state.by = by;
    arrange();
    head.querySelectorAll("button")[by].focus();
  };
  const draw = (force = false) => {
    const { rows } = state;
    const first = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT) - 20);
    const [from, to] = rows.length <= ALL_ROWS ? [0, rows.length] : [first, Math.min(rows.length, first + 40 + Math.ceil(box.clientHeight / ROW_HEIGHT))];
    if (!force && from === state.from && to === state.to) return;
    const focused = body.contains(document.activeElement);
    fill(from, to);
    if (focused) focusRow();
  };
  const focusRow = () => /** @type {HTMLElement | null} */ (body.querySelector("[tabindex='0']"))?.focus({ preventScroll: true });
  /** @param {number} from @param {number} to */
  const fill = (from, to) => {
    Object.assign(state, { from, to });
    const { rows, columns } = state;
    const stop = Math.max(from, Math.min(to - 1, state.row));
    const made = rows.slice(from, to).map((index, at) => tableRow(atlas, columns, index, from + at, from + at === stop));
    body.replaceChildren(...gap(from * ROW_HEIGHT, columns.length), ...made, ...gap((rows.length - to) * ROW_HEIGHT, columns.length));
    mark();
  };
  const mark = () => {
    body.querySelector("[aria-current]")?.removeAttribute("aria-current");
    body.querySelector(`[data-term="${store.get().selected}"]`)?.setAttribute("aria-current", "true");
  };
  /** @param {number} index */
  const reveal = (index) => {
    const top = state.rows.indexOf(index) * ROW_HEIGHT;
    if (top >= 0 && (top < box.scrollTop || top + 2 * ROW_HEIGHT > box.scrollTop + box.clientHeight)) box.scrollTop = top - box.clientHeight / 2;
    draw();
    mark();
  };
  /** @param {number} row */
  const walk = (row) => {
    state.row = Math.max(0, Math.min(state.rows.length - 1, row));
    const top = state.row * ROW_HEIGHT;
    if (top < box.scrollTop + ROW_HEIGHT) box.scrollTop = top - ROW_HEIGHT;
    if (top + 3 * ROW_HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = top + 3 * ROW_HEIGHT - box.clientHeight;
    draw(true);
    focusRow();
  };

  const note = element("p", { hidden: true });
  const print = () => {
    arrange();
    fill(0, Math.min(state.rows.length, PRINTED_ROWS));
    note.hidden = state.rows.length <= PRINTED_ROWS;
    note.textContent = `${number(PRINTED_ROWS)} of ${number(state.rows.length)} terms are printed; download the CSV for all.`;
  };

  box.replaceChildren(note, table);
  box.addEventListener("scroll", () => draw());
  addEventListener("resize", () => store.get().mode === "table" && draw());
  body.addEventListener("focusin", (event) => {
    state.row = Number(/** @type {Element} */ (event.target).closest("tr")?.ariaRowIndex) - 2;
  });
  body.addEventListener("keydown", (event) => {
    const page = Math.floor(box.clientHeight / ROW_HEIGHT) - 2;
    const { row, rows } = state;
    const to = { ArrowDown: row + 1, ArrowUp: row - 1, PageDown: row + page, PageUp: row - page, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    walk(to);
  });
  addEventListener("beforeprint", print);
  addEventListener("afterprint", () => ((note.hidden = true), draw(true)));
  store.subscribe((view, before) => {
    if (view.mode !== "table") return;
    if (before.mode !== "table" || view.size !== before.size || !showsSame(view, before)) arrange();
    else if (view.selected !== before.selected) reveal(view.selected);
  });
  if (store.get().mode === "table") arrange();
  return { rows: () => state.rows };
}

/** @param {import("./columns.js").Column} column @param {boolean | null} falling @param {() => void} sort */
function heading(column, falling, sort) {
  const button = element("button", { type: "button" }, column.title);
  button.addEventListener("click", sort);
  const order = falling === null ? null : falling ? "descending" : "ascending";
  return element("th", { scope: "col", "aria-sort": order, class: column.numeric && "n" }, button);
}

/** @param {Atlas} atlas @param {import("./columns.js").Column[]} columns @param {number} index @param {number} row @param {boolean} isStop */
function tableRow(atlas, columns, index, row, isStop) {
  const link = termLink(atlas, index);
  link.tabIndex = isStop ? 0 : -1;
  const cells = columns.slice(1).map((column) => element("td", { class: column.numeric && "n" }, element("bdi", {}, column.text(index))));
  return element("tr", { "aria-rowindex": row + 2 }, element("th", { scope: "row" }, swatch(atlas, index), link), ...cells);
}

/** Room for the rows out of sight. @param {number} height @param {number} columns */
function gap(height, columns) {
  if (!height) return [];
  const row = element("tr", { class: "gap", "aria-hidden": true }, element("td", { colspan: columns }));
  row.style.height = height + "px";
  return [row];
}
