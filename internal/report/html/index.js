"use strict";
(() => {
  const at = id => document.getElementById(id);
  const body = document.querySelector("tbody"), heads = [...document.querySelectorAll("th")];
  const strict = {Reject: 0, Review: 1, Approve: 2};
  const rows = [...body.rows].map((tr, i) => {
    const cells = [...tr.cells].map(td => td.textContent.trim());
    const [score, band] = cells[1].split(/\s+/);
    const keys = [strict[cells[0]], +score, tr.querySelector("a").textContent.toLowerCase(), cells[3], ...cells.slice(4, 8).map(Number), cells[8]];
    return {tr, i, keys, text: cells[2].toLowerCase(), decision: cells[0].toLowerCase(), band: band.replace(/[^A-Za-z].*/, ""), layers: cells[8].split(" "), why: tr.dataset.why.split(" "), trend: tr.dataset.trend};
  });
  const fields = {q: at("q"), d: at("d"), b: at("b"), l: at("l"), r: at("r")};
  const trend = at("t");
  if (trend) fields.t = trend;

  const filter = () => {
    const words = fields.q.value.toLowerCase().split(/\s+/), {value: d} = fields.d, {value: b} = fields.b, {value: l} = fields.l, {value: why} = fields.r, t = trend ? trend.value : "";
    let n = 0;
    for (const r of rows) {
      const on = (!d || r.decision === d) && (!b || r.band === b) && (!l || r.layers.includes(l)) && (!why || r.why.includes(why)) && (!t || r.trend === t) && words.every(w => r.text.includes(w));
      if (r.tr.hidden === on) r.tr.hidden = !on;
      n += on;
    }
    at("shown").textContent = n === rows.length ? `All ${n} agents` : `${n} of ${rows.length} agents`;
    at("none").hidden = n > 0;
  };

  const sort = (column, down) => {
    const way = down ? -1 : 1;
    rows.sort((a, b) => way * (a.keys[column] < b.keys[column] ? -1 : a.keys[column] > b.keys[column] ? 1 : 0) || a.i - b.i);
    heads.forEach((th, i) => i === column ? th.setAttribute("aria-sort", down ? "descending" : "ascending") : th.removeAttribute("aria-sort"));
    body.append(...rows.map(r => r.tr));
  };

  heads.forEach((th, column) => {
    const button = document.createElement("button");
    button.append(...th.childNodes);
    button.addEventListener("click", () => {
      const now = th.getAttribute("aria-sort"), words = column === 0 || column === 2 || column === 3;
      sort(column, now ? now === "ascending" : !words);
    });
    th.append(button);
  });
  at("s").addEventListener("input", () => sort(+at("s").value, at("s").value === "1"));
  for (const f of Object.values(fields)) f.addEventListener("input", filter);
  addEventListener("pageshow", filter);
  document.querySelector(".tools").hidden = false;
  filter();
})();
