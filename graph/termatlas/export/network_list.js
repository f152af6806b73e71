import { select } from "./network_card.js";
import { byId, element, root } from "./network_dom.js";
import { terms } from "./network_terms.js";
import { short } from "./network_words.js";

const COLUMNS = [["Term"], ["Category"], ["Links to", "number"], ["Linked from", "number"], ["Status"]];

/** The terms as a table, which is made when it is first opened. */
export function createList() {
  byId("list").addEventListener("toggle", () => {
    if (!byId("list").hasAttribute("open") || byId("rows").firstChild) return;
    const [table, head, body] = [element("table"), element("thead"), element("tbody")];
    head.append(headRow());
    body.append(...[...terms].sort(byName).map(termRow));
    table.append(head, body);
    byId("rows").append(table);
  });
}

/** @param {Term} a @param {Term} b */
function byName(a, b) {
  return a.name.localeCompare(b.name, root.lang) || (a.id < b.id ? -1 : 1);
}

function headRow() {
  const row = element("tr");
  for (const [name, of] of COLUMNS) {
    const cell = element("th", name, of);
    cell.scope = "col";
    row.append(cell);
  }
  return row;
}

/** @param {Term} each */
function termRow(each) {
  const [row, cell, button] = [element("tr"), element("td"), element("button", short(each.name, 200) || each.id)];
  button.type = "button";
  button.addEventListener("click", () => {
    select(each);
    byId("map").scrollIntoView({ block: "nearest" });
  });
  cell.append(button);
  const numbers = [each.out, each.in].map((number) => element("td", String(number), "number"));
  const status = each.status === "ok" ? "" : each.status.replace("-", " ");
  row.append(cell, element("td", each.category), ...numbers, element("td", status));
  return row;
}
