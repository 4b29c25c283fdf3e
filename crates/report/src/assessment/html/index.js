"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 100, PRINTED = 1000;
  const el = (id) => document.getElementById(id);
  const body = document.querySelector("table.list tbody");
  const filters = ["q", "role", "outlook", "has"];
  let column = 4, down = true, page = 0, found = [];
  // What a search looks at: host, role and site.
  const texts = data.hosts.map((h) => (h[0] + " " + data.roles[h[1]] + " " + data.sites[h[2]]).toLowerCase());
  const file = (host) => "hosts/" + encodeURIComponent(host) + ".html";
  const say = (text, args) => text.replace(/%(\w+)%/g, (_, name) => args[name]);
  const hours = (minutes) => minutes ? (Math.ceil(minutes / 6) / 10).toString() : "";

  function cell(row, text, number) {
    const td = row.insertCell();
    if (number) td.className = "num";
    td.textContent = text;
    return td;
  }
  function line(h) {
    const row = document.createElement("tr");
    const link = document.createElement("a");
    link.href = file(h[0]);
    link.textContent = h[0];
    row.insertCell().append(link);
    cell(row, data.roles[h[1]]);
    cell(row, data.sites[h[2]]);
    const pill = document.createElement("span");
    pill.className = "pill " + data.outlooks[h[3]][1];
    pill.textContent = data.outlooks[h[3]][0];
    row.insertCell().append(pill);
    for (let n = 4; n < 9; n++) cell(row, h[n] || "", true);
    cell(row, hours(h[9]), true);
    return row;
  }
  function compare(a, b) {
    const x = data.hosts[a], y = data.hosts[b];
    const by = column === 0 ? 0 : x[column] - y[column];
    const names = x[0].localeCompare(y[0], undefined, { numeric: true });
    if (column === 0) return down ? -names : names;
    return (down ? -by : by) || names;
  }
  function look() {
    const words = el("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const role = el("role").value, outlook = el("outlook").value, has = el("has").value;
    found = [];
    data.hosts.forEach((h, n) => {
      if (role && data.roles[h[1]] !== role) return;
      if (outlook && h[3] !== Number(outlook)) return;
      if (has && !h[Number(has)]) return;
      if (words.every((word) => texts[n].includes(word))) found.push(n);
    });
    found.sort(compare);
    page = 0;
    show(PAGE);
    const state = filters.filter((id) => el(id).value).map((id) => id + "=" + encodeURIComponent(el(id).value)).join("&");
    try { history.replaceState(null, "", state ? "#" + state : location.pathname + location.search); } catch { /* some browsers refuse for files */ }
  }
  function show(size) {
    const pages = Math.max(1, Math.ceil(found.length / size));
    page = Math.min(page, pages - 1);
    body.replaceChildren(...found.slice(page * size, (page + 1) * size).map((n) => line(data.hosts[n])));
    el("count").textContent = say(data.shown, { n: found.length, all: data.hosts.length });
    el("page").textContent = say(data.page, { n: page + 1, all: pages });
    el("back").disabled = page === 0;
    el("on").disabled = page === pages - 1;
    document.querySelector("#hosts nav.pages").hidden = pages === 1;
    document.querySelectorAll("[data-column]").forEach((button) => {
      const mine = Number(button.dataset.column) === column;
      button.parentElement.setAttribute("aria-sort", mine ? (down ? "descending" : "ascending") : "none");
    });
  }
  document.querySelector(".filters").hidden = false;
  document.querySelector("table.list").hidden = false;
  for (const part of location.hash.slice(1).split("&")) {
    const [id, value] = part.split("=");
    if (filters.includes(id)) el(id).value = decodeURIComponent(value || "");
  }
  let waiting;
  el("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 80); });
  ["role", "outlook", "has"].forEach((id) => el(id).addEventListener("change", look));
  document.querySelector(".filters").addEventListener("submit", (event) => { event.preventDefault(); look(); });
  el("back").addEventListener("click", () => { page--; show(PAGE); });
  el("on").addEventListener("click", () => { page++; show(PAGE); });
  document.querySelectorAll("[data-column]").forEach((button) => button.addEventListener("click", () => {
    const wanted = Number(button.dataset.column);
    down = wanted === column ? !down : wanted > 3;
    column = wanted;
    look();
  }));
  let before;
  addEventListener("beforeprint", () => {
    before = page;
    page = 0;
    show(PRINTED);
    const more = found.length - PRINTED;
    el("unprinted").textContent = more > 0 ? say(data.unprinted, { n: more }) : "";
  });
  addEventListener("afterprint", () => { page = before; show(PAGE); });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); el("q").focus(); }
  });
  look();
})();
