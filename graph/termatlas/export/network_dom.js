export const root = document.documentElement;

/** @param {string} id */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error("the page lacks its part " + id);
  return found;
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [text] @param {string} [name] of its class */
export function element(tag, text = "", name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = name;
  return made;
}

/** A dot in the colour of a term's category. @param {Term} each */
export function dot(each) {
  const made = element("i", "", "dot");
  made.style.background = `var(--${each.token})`;
  return made;
}
