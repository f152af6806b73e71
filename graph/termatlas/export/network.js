// Draws the terms of a pyvis network in our own way, and lets people search it, read it and walk along its links.
// `network`, `nodes` and `edges` are pyvis's: vis-network keeps the camera, the canvas and the keys.
"use strict";
(() => {
  const byId = name => document.getElementById(name);
  const root = document.documentElement;
  const terms = nodes.get();
  const term = new Map(terms.map(each => [each.id, each]));
  const out = new Map(terms.map(each => [each.id, []]));
  const into = new Map(terms.map(each => [each.id, []]));
  const lines = new Path2D();
  for (const { from, to, kind } of edges.get()) {
    out.get(from).push({ id: to, kind });
    into.get(to).push({ id: from, kind });
    lines.moveTo(term.get(from).x, term.get(from).y);
    lines.lineTo(term.get(to).x, term.get(to).y);
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const STANDING = {
    wanted: "Wanted: links point to it, no page defines it.",
    orphan: "Orphan: no link leads to it.",
    "dead-end": "Dead end: no link leads out of it.",
    isolated: "Isolated: no link in, none out.",
  };
  const count = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
  const short = (text, most) => (text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text);

  let selected = null; // a term
  let hovered = null;
  let shown = null; // the button of the legend that is pressed: only its terms stand out
  let colours = {};

  // ── Colours ────────────────────────────────────────────────────────────────

  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  function readColours() {
    const style = getComputedStyle(root);
    const names = ["panel", "ink", "muted", "accent", "control", ...new Set(terms.map(each => each.token))];
    colours = Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
    network.redraw();
  }

  // ── Drawing ────────────────────────────────────────────────────────────────

  const font = (size, weight = 400) => `${weight} ${size}px system-ui, sans-serif`;
  const radius = (each, scale) => Math.max(each.size, 2.4 / scale); // a disc stays visible from afar

  /** Draw a disc; status is told by shape: dashed ring, ring with a gap, bar. */
  function drawTerm(ctx, each, scale) {
    const { x, y, status } = each;
    const r = radius(each, scale);
    const colour = colours[each.token];
    const small = r * scale < 3.5; // rings would only blur
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.arc(x, y, status === "orphan" || status === "isolated" ? r * (small ? 1 : 0.72) : r, 0, 2 * Math.PI);
    ctx.fillStyle = status === "wanted" ? colours.panel : colour;
    ctx.fill();
    ctx.lineWidth = status === "wanted" ? Math.max(1.6, 1.3 / scale) : Math.max(1, 0.8 / scale);
    ctx.strokeStyle = status === "wanted" ? colour : colours.panel;
    if (status === "wanted" && !small) ctx.setLineDash([r * 0.5, r * 0.36]);
    ctx.stroke();
    ctx.setLineDash([]);
    if (small) return;
    if (status === "dead-end") {
      ctx.beginPath();
      ctx.moveTo(x - r * 0.6, y);
      ctx.lineTo(x + r * 0.6, y);
      ctx.lineWidth = r * 0.36;
      ctx.strokeStyle = colours.panel;
      ctx.stroke();
    }
    if (status === "orphan" || status === "isolated") {
      ctx.lineWidth = Math.max(1.2, r * 0.18);
      ctx.strokeStyle = colour;
      for (const start of status === "orphan" ? [0] : [0, Math.PI]) {
        ctx.beginPath();
        ctx.arc(x, y, r * 1.16, 0.7 + start, 0.7 + start + (status === "orphan" ? 1.56 : 0.56) * Math.PI);
        ctx.stroke();
      }
    }
  }

  /** Draw a link as a taper: wide where it starts, pointed where it leads. */
  function drawTaper(ctx, from, to, scale, thin) {
    const dx = to.x - from.x, dy = to.y - from.y;
    const length = Math.hypot(dx, dy) || 1;
    const reach = Math.max(0, length - radius(to, scale)) / length;
    const wide = thin * Math.min(5, Math.max(1.4, 2.6 / scale, from.size / 5)) / length;
    ctx.beginPath();
    ctx.moveTo(from.x - dy * wide, from.y + dx * wide);
    ctx.lineTo(from.x + dx * reach, from.y + dy * reach);
    ctx.lineTo(from.x + dy * wide, from.y - dx * wide);
    ctx.fill();
  }

  function drawLinks(ctx, each, scale) {
    const leaving = out.get(each.id), entering = into.get(each.id);
    const faint = Math.min(1, 5 / Math.sqrt(leaving.length + entering.length)); // or a hub would be a blot
    ctx.globalAlpha = 0.4 * faint;
    ctx.fillStyle = colours.ink;
    for (const { id } of entering) drawTaper(ctx, term.get(id), each, scale, faint);
    ctx.globalAlpha = 0.75 * Math.sqrt(faint);
    ctx.fillStyle = colours.accent;
    for (const { id } of leaving) drawTaper(ctx, each, term.get(id), scale, faint);
    ctx.globalAlpha = 1;
  }

  function veil(ctx, scale) {
    const corner = network.DOMtoCanvas({ x: 0, y: 0 });
    const { width, height } = ctx.canvas.getBoundingClientRect();
    ctx.globalAlpha = 0.78;
    ctx.fillStyle = colours.panel;
    ctx.fillRect(corner.x, corner.y, width / scale, height / scale);
    ctx.globalAlpha = 1;
  }

  const around = each => [...out.get(each.id), ...into.get(each.id)].map(({ id }) => term.get(id));
  const isShown = each => !shown || each[shown.dataset.token ? "token" : "status"] === (shown.dataset.token || shown.dataset.status);

  network.on("beforeDrawing", ctx => {
    const scale = network.getScale();
    ctx.globalAlpha = Math.min(0.5, Math.max(0.1, 14 / Math.sqrt(edges.length * 4 + 1)) * (isDark() ? 1.2 : 1));
    ctx.strokeStyle = colours.control;
    ctx.lineWidth = 0.8 / scale;
    ctx.stroke(lines);
    ctx.globalAlpha = 1;
  });

  network.on("afterDrawing", ctx => {
    const scale = network.getScale();
    let first = [];
    if (shown) {
      first = terms.filter(isShown);
      veil(ctx, scale);
      for (const each of [...first].reverse()) drawTerm(ctx, each, scale);
    }
    if (selected) {
      veil(ctx, scale);
      drawLinks(ctx, selected, scale);
      first = [selected, ...around(selected)];
      for (const each of [...first].reverse()) drawTerm(ctx, each, scale);
    }
    if (hovered && hovered !== selected) {
      drawLinks(ctx, hovered, scale);
      for (const each of [...around(hovered), hovered]) drawTerm(ctx, each, scale);
    }
    for (const each of [selected, hovered].filter(Boolean)) {
      ctx.beginPath();
      ctx.arc(each.x, each.y, radius(each, scale) + 3 / scale, 0, 2 * Math.PI);
      ctx.lineWidth = 2 / scale;
      ctx.strokeStyle = colours.accent;
      ctx.stroke();
    }
    drawLabels(ctx, scale, first);
  });

  // ── Labels: none lies on another; the most central come first, more of them the nearer one is ─────────────

  const widths = new Map();

  function label(ctx, each) {
    const key = each.id;
    ctx.font = each.size > 15 ? font(13, 600) : font(12);
    if (!widths.has(key)) {
      const text = short(each.name.replace(/\s+/g, " "), 32);
      widths.set(key, { text, width: ctx.measureText(text).width });
    }
    return widths.get(key);
  }

  /** Keep boxes by the cells of 64 px that they touch, to find quickly whether another box is free of them. */
  function boxes() {
    const kept = new Map();
    const cells = ([left, top, right, bottom]) => {
      const keys = [];
      for (let column = left >> 6; column <= right >> 6; column++)
        for (let row = top >> 6; row <= bottom >> 6; row++) keys.push(column * 4096 + row);
      return keys;
    };
    const meet = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
    return {
      add: box => { for (const key of cells(box)) kept.set(key, [...(kept.get(key) || []), box]); },
      isFree: box => cells(box).every(key => !(kept.get(key) || []).some(other => meet(box, other))),
    };
  }

  function drawLabels(ctx, scale, first) {
    const { width, height } = ctx.canvas.getBoundingClientRect();
    const corner = network.DOMtoCanvas({ x: 0, y: 0 });
    const seen = each => {
      const [x, y, r] = [(each.x - corner.x) * scale, (each.y - corner.y) * scale, radius(each, scale) * scale];
      return x < 0 || y < 0 || x > width || y > height ? null : { x, y, r };
    };
    const labels = boxes(), discs = boxes();
    for (const each of terms) {
      const at = seen(each);
      if (at && at.r > 6) discs.add([at.x - at.r * 0.8, at.y - at.r * 0.8, at.x + at.r * 0.8, at.y + at.r * 0.8]);
    }
    const near = Math.max(1, scale / fitted);
    const most = first.length ? 60 : Math.min(140, Math.round(24 * near * near * Math.min(1, width / 700)));
    const placed = [];
    for (const each of new Set([hovered, ...first, ...(first.length ? [] : terms)])) {
      const at = each && placed.length < most && seen(each);
      if (!at) continue;
      const { x, y, r } = at;
      const { text, width: wide } = label(ctx, each);
      const spots = [[x - wide / 2, y + r + 3], [x - wide / 2, y - r - 19], [x + r + 5, y - 8], [x - r - wide - 5, y - 8]]
        .map(([left, top]) => [left - 4, top - 1, left + wide + 4, top + 17])
        .filter(box => box[0] > 0 && box[2] < width && labels.isFree(box));
      const clear = spots.find(discs.isFree); // of other discs too; the most central are worth covering one
      const box = clear || (placed.length < most / 3 + 4 || each === hovered || each === selected ? spots[0] : null);
      if (!box) continue;
      labels.add(box);
      placed.push([each, text, box[0] + 4, box[1] + 1]);
    }
    ctx.save();
    ctx.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3.5;
    for (const [each, text, left, top] of placed) {
      label(ctx, each);
      ctx.strokeStyle = colours.panel;
      ctx.strokeText(text, left, top + 1);
      ctx.fillStyle = each.status === "wanted" ? colours.muted : colours.ink;
      ctx.fillText(text, left, top + 1);
    }
    ctx.restore();
    root.dataset.labels = placed.length;
  }

  // ── Camera ─────────────────────────────────────────────────────────────────

  let fitted = 1;

  function move(view) {
    network.moveTo({ ...view, animation: still.matches ? false : { duration: 180, easingFunction: "easeInOutQuad" } });
  }

  function whole(margin = 36) {
    const { clientWidth: width, clientHeight: height } = byId("mynetwork");
    const xs = terms.map(each => each.x), ys = terms.map(each => each.y);
    const [left, right, top, bottom] = terms.length
      ? [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] : [0, 0, 0, 0];
    fitted = Math.min(1.6, (width - 2 * margin) / (right - left + 40), (height - 2 * margin) / (bottom - top + 40));
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(fitted, 0.001) };
  }

  const zoom = by => move({ scale: network.getScale() * by });

  /** Show where a term is, beside the card that covers a part of the map. */
  function goTo(each) {
    const card = byId("card").getBoundingClientRect(), map = byId("map").getBoundingClientRect();
    const beside = card.width < map.width * 0.7;
    const offset = beside ? { x: -card.width / 2, y: 0 } : { x: 0, y: Math.min(0, (card.top - map.bottom) / 2) };
    move({ position: { x: each.x, y: each.y }, scale: Math.max(network.getScale(), Math.min(0.9, fitted * 4)), offset });
  }

  // ── The card of a term ─────────────────────────────────────────────────────

  function element(tag, text = "", name = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = name;
    return made;
  }

  function dot(each) {
    const made = element("i", "", "dot");
    made.style.background = `var(--${each.token})`;
    return made;
  }

  function linkList(heading, links, all) {
    const part = document.createDocumentFragment();
    if (!all) return part;
    part.append(element("h3", `${heading} ${count(all, "term")}`));
    const list = element("ul");
    const reciprocal = new Set((links === out.get(selected.id) ? into : out).get(selected.id).map(({ id }) => id));
    for (const { id, kind } of links) {
      const item = element("li"), button = element("button");
      button.type = "button";
      button.append(dot(term.get(id)), element("bdi", short(term.get(id).name, 80)));
      const notes = [["related", "inline"].includes(kind) ? "" : kind, reciprocal.has(id) ? "" : "one-way"].filter(Boolean);
      button.append(element("small", notes.join(", ")));
      button.addEventListener("click", () => select(term.get(id)));
      item.append(button);
      list.append(item);
    }
    part.append(list);
    if (all > links.length) part.append(element("p", `${all - links.length} of them not on this map`, "meta"));
    return part;
  }

  function select(each, { walk = true } = {}) {
    const before = document.activeElement;
    selected = each;
    byId("card").hidden = !each;
    if (each) {
      byId("category").replaceChildren(dot(each), element("bdi", each.category));
      byId("category").hidden = !each.category;
      byId("term").textContent = each.name;
      byId("standing").textContent = STANDING[each.status] || "";
      byId("standing").hidden = !STANDING[each.status];
      byId("definition").textContent = each.definition;
      byId("links").replaceChildren(
        linkList("Links to", out.get(each.id), each.out), linkList("Linked from", into.get(each.id), each.in));
      byId("card").scrollTop = 0;
      if (walk) goTo(each);
      if (walk) byId("term").focus({ preventScroll: true });
    } else if (byId("card").contains(before)) byId("query").focus();
    hover(null);
    network.redraw();
  }

  // ── Pointer ────────────────────────────────────────────────────────────────

  function nearest({ x, y }, reach) {
    const scale = network.getScale();
    let best = null, least = reach / scale;
    for (const each of terms) {
      const away = Math.hypot(each.x - x, each.y - y) - radius(each, scale);
      if (away < least) [best, least] = [each, Math.max(away, 0)];
    }
    return best;
  }

  function hover(each, at) {
    const tip = byId("tip");
    tip.hidden = !each || each === selected;
    if (each && at && !tip.hidden) {
      tip.replaceChildren(element("b", short(each.name, 120)), element("em", each.category), short(each.definition, 220));
      const map = byId("map").getBoundingClientRect();
      tip.style.left = `${Math.max(4, Math.min(at.x + 14, map.width - tip.offsetWidth - 8))}px`;
      tip.style.top = `${at.y + 18 + tip.offsetHeight > map.height ? Math.max(4, at.y - tip.offsetHeight - 12) : at.y + 18}px`;
    }
    if (each === hovered) return;
    hovered = each;
    byId("mynetwork").style.cursor = each ? "pointer" : "";
    network.redraw();
  }

  network.on("click", ({ pointer }) => select(nearest(pointer.canvas, 10), { walk: false }));
  byId("mynetwork").addEventListener("mousemove", event => {
    if (event.buttons) return hover(null);
    const box = byId("mynetwork").getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    hover(nearest(network.DOMtoCanvas(at), 6), at);
  });
  byId("mynetwork").addEventListener("mouseleave", () => hover(null));

  // ── Search ─────────────────────────────────────────────────────────────────

  const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const names = terms.map(each => [each.name, ...each.aliases].map(folded));
  const query = byId("query"), found = byId("found");
  let results = [], at = 0;

  /** Rank a term: its name is the query, starts with it, has a word that does, has it inside; an alias does. */
  function rank(own, asked) {
    const [name, ...aliases] = own;
    const places = [name === asked, name.startsWith(asked), name.includes(" " + asked), name.includes(asked),
      aliases.some(alias => alias.includes(asked))];
    const place = places.indexOf(true);
    return place < 0 ? Infinity : place;
  }

  function search() {
    const asked = folded(query.value.trim());
    const ranked = terms.map((each, index) => [asked ? rank(names[index], asked) : Infinity, each]);
    const fit = ranked.filter(([place]) => place < Infinity).sort((a, b) => a[0] - b[0]);
    results = fit.slice(0, 8).map(([, each]) => each);
    at = 0;
    byId("said").textContent = asked ? (fit.length ? `${count(fit.length, "term")} found` : "no term found") : "";
    show(Boolean(asked));
  }

  function show(open) {
    query.setAttribute("aria-expanded", String(open));
    found.hidden = !open;
    const rows = results.map((each, index) => {
      const row = element("li");
      row.id = `found-${index}`;
      row.role = "option";
      row.setAttribute("aria-selected", String(index === at));
      row.append(dot(each), element("bdi", short(each.name, 120)), element("small", each.category));
      row.addEventListener("mousedown", event => { event.preventDefault(); choose(each); });
      return row;
    });
    found.replaceChildren(...(rows.length ? rows : [element("li", "No term on this map has that in its name.", "none")]));
    query.setAttribute("aria-activedescendant", open && rows.length ? `found-${at}` : "");
  }

  function choose(each) {
    show(false);
    query.value = "";
    if (each) select(each);
  }

  query.addEventListener("input", search);
  query.addEventListener("blur", () => show(false));
  query.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && results.length) {
      at = (at + step + results.length) % results.length;
      show(true);
    } else if (event.key === "Enter") choose(query.value.trim() ? results[at] : null);
    else if (event.key === "Escape") { query.value = ""; results = []; show(false); query.blur(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === query) return;
    if (event.key === "/") { event.preventDefault(); query.focus(); }
    if (event.key === "Escape") select(null);
  });

  // ── Legend, list, buttons ──────────────────────────────────────────────────

  const switches = [...document.querySelectorAll("#legend button")];
  for (const button of switches)
    button.addEventListener("click", () => {
      shown = shown === button ? null : button;
      for (const each of switches) each.setAttribute("aria-pressed", String(each === shown));
      select(null);
    });

  byId("list").addEventListener("toggle", () => {
    if (!byId("list").open || byId("rows").firstChild) return;
    const table = element("table"), head = element("tr"), body = element("tbody");
    for (const [name, of] of [["Term"], ["Category"], ["Links to", "number"], ["Linked from", "number"], ["Status"]]) {
      const cell = element("th", name, of);
      cell.scope = "col";
      head.append(cell);
    }
    const inOrder = [...terms].sort((a, b) => a.name.localeCompare(b.name, root.lang) || (a.id < b.id ? -1 : 1));
    for (const each of inOrder) {
      const row = element("tr"), cell = element("td"), button = element("button", short(each.name, 200) || each.id);
      button.type = "button";
      button.addEventListener("click", () => { select(each); byId("map").scrollIntoView({ block: "nearest" }); });
      cell.append(button);
      const standing = each.status === "ok" ? "" : each.status.replace("-", " ");
      row.append(cell, element("td", each.category), element("td", each.out, "number"), element("td", each.in, "number"), element("td", standing));
      body.append(row);
    }
    const top = element("thead");
    top.append(head);
    table.append(top, body);
    byId("rows").append(table);
  });

  byId("close").addEventListener("click", () => select(null));
  byId("fit").addEventListener("click", () => move(whole()));
  byId("closer").addEventListener("click", () => zoom(1.5));
  byId("farther").addEventListener("click", () => zoom(1 / 1.5));
  byId("theme").addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; readColours(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", readColours);
  let theme;
  addEventListener("beforeprint", () => { theme = root.dataset.theme; root.dataset.theme = "light"; readColours(); });
  addEventListener("afterprint", () => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; readColours(); });

  if (innerWidth <= 860) document.querySelector("#legend details").open = false;
  network.setOptions({
    interaction: { keyboard: { enabled: true, bindToWindow: false }, selectable: false },
    nodes: {
      shape: "custom",
      ctxRenderer: ({ ctx, id }) => ({
        drawNode: () => drawTerm(ctx, term.get(id), network.getScale()),
        nodeDimensions: { width: 2 * term.get(id).size, height: 2 * term.get(id).size },
      }),
    },
  });
  const frame = document.querySelector("#mynetwork .vis-network"); // vis-network gives it a place of its own in the tab order
  frame.tabIndex = 0;
  for (const name of ["role", "aria-roledescription", "aria-label"]) {
    frame.setAttribute(name, byId("mynetwork").getAttribute(name));
    byId("mynetwork").removeAttribute(name);
  }
  readColours();
  network.moveTo(whole());
  let size = "";
  network.on("resize", ({ width, height }) => {
    if (size && size !== `${width}×${height}` && !selected) network.moveTo(whole());
    size = `${width}×${height}`;
  });
  root.dataset.ready = "true";
})();
