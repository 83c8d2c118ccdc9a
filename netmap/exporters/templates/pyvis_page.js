"use strict";
(function () {
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (name) element.className = name;
    return element;
  };
  const holder = find("data");
  const data = JSON.parse(holder.textContent);
  holder.remove();

  const count = data.names.length;
  const number = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });
  const near = data.names.map(() => []);
  data.ties.forEach(([a, b, words], tie) => { near[a].push([b, words, tie]); near[b].push([a, words, tie]); });
  const state = { scheme: 0, size: 0, chosen: -1, category: -1, hovered: -1 };
  // Circles of a picture that has to be drawn small are made larger, as far as they still stand apart.
  let grow = 1;
  const fixedSize = data.nodes.map((node) => node.size);
  const say = (text) => { find("said").textContent = text; };

  /* What a node looks like ------------------------------------------------------------------------------ */

  const categoryOf = (i) => (data.schemes.length ? data.schemes[state.scheme].of[i] : -1);
  const colourOf = (i) => (data.schemes.length ? data.schemes[state.scheme].categories[categoryOf(i)].colour : "#094899");
  const radiusFor = (value, low, high) => {
    const [small, large] = data.radius;
    // Area grows with the value, so that a little more looks a little larger.
    const share = value !== null && high > low ? Math.max(0, (value - low) / (high - low)) : 0;
    return grow * Math.sqrt(small * small + share * (large * large - small * small));
  };
  const range = (values) => {
    const known = values.filter((v) => v !== null);
    return [Math.min(0, ...known), Math.max(...known)];
  };
  const radii = () => {
    if (!data.sizes.length) return fixedSize;
    if (state.size < 0) return data.nodes.map(() => 10 * grow);
    const values = data.sizes[state.size].values;
    const [low, high] = range(values);
    return values.map((v) => radiusFor(v, low, high));
  };
  const shown = (i) => {
    if (state.chosen >= 0) return i === state.chosen || near[state.chosen].some(([j]) => j === i);
    return state.category < 0 || categoryOf(i) === state.category;
  };
  const tieShown = (a, b) => {
    if (state.chosen >= 0) return a === state.chosen || b === state.chosen;
    return state.category < 0 || (shown(a) && shown(b));
  };
  const tip = (i) => {
    const box = make("div");
    box.append(make("strong", data.names[i]));
    const facts = data.facts[i].slice(0, 2).map(([label, value]) => label + ": " + (value || "not known"));
    facts.push(near[i].length === 1 ? "1 tie" : near[i].length + " ties");
    facts.forEach((line) => box.append(make("div", line)));
    return box;
  };
  const look = () => {
    const size = radii();
    const nodes = data.nodes.map((node, i) => {
      const colour = colourOf(i), visible = shown(i), hollow = colour === "#FFFFFF";
      return {
        id: i, size: size[i], opacity: visible ? 1 : 0.13,
        borderWidth: i === state.chosen ? 4 : hollow ? 2 : 1.5,
        color: { background: colour, border: i === state.chosen ? "#1d2329" : hollow ? "#767676" : "#ffffff" },
      };
    });
    const edges = data.edges.map((edge) => {
      const visible = tieShown(edge.from, edge.to), strong = visible && (state.chosen >= 0 || state.category >= 0);
      return { id: edge.id, color: { color: strong ? "#5d6873" : edge.color.color, opacity: visible ? 1 : 0.12 } };
    });
    return { nodes, edges };
  };

  /* The picture ----------------------------------------------------------------------------------------- */

  let network = null, nodeSet = null, edgeSet = null, drawnAt = 1, sizes = radii();

  const restyle = () => {
    sizes = radii();
    if (!network) return;
    const { nodes, edges } = look();
    nodeSet.update(nodes);
    edgeSet.update(edges);
  };

  // vis-network writes every label wherever it falls. These are placed by importance and never on one another.
  const labels = (context) => {
    const ratio = window.devicePixelRatio || 1;
    const at = context.getTransform();
    const width = context.canvas.width, height = context.canvas.height;
    const zoom = at.a / ratio;
    if (Math.abs(zoom / drawnAt - 1) > 0.04) { drawnAt = zoom; sizeLegend(); }
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    const place = data.nodes.map((node, i) => {
      const r = sizes[i] * at.a;
      return { x: node.x * at.a + at.e, y: node.y * at.d + at.f, r };
    });
    const rank = (i) => (i === state.chosen ? 3e9 : i === state.hovered ? 2e9 : 0)
      + (state.chosen >= 0 && shownNow[i] ? 1e9 : 0) + sizes[i] * 1e4 + near[i].length;
    const shownNow = data.nodes.map((_, i) => shown(i));
    const order = data.nodes.map((_, i) => i)
      .filter((i) => (shownNow[i] || i === state.hovered)
        && place[i].x > -40 && place[i].y > -40 && place[i].x < width + 40 && place[i].y < height + 40)
      .sort((a, b) => rank(b) - rank(a) || a - b);
    const boxes = [];
    const crossing = (box) => boxes.some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1]);
    const covering = (box, own) => place.some((p, j) => j !== own && shownNow[j]
      && p.x + p.r > box[0] && p.x - p.r < box[2] && p.y + p.r > box[1] && p.y - p.r < box[3]);
    // In a crowd the largest are named even over smaller circles, the others only where there is room.
    const leaders = order.length > 60 ? 14 : 0, most = order.length > 150 ? 50 : 130;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5 * ratio;
    let drawn = 0;
    for (const [turn, i] of order.entries()) {
      const important = i === state.chosen || i === state.hovered;
      if (drawn >= most && !important) break;
      const size = (important ? 14 : Math.min(14, 11.5 + zoom)) * ratio;
      context.font = (important || turn < leaders ? "600 " : "") + size + "px system-ui, 'Segoe UI', Roboto, Arial, sans-serif";
      const full = data.names[i];
      const text = !important && full.length > 30 ? full.slice(0, 29).trimEnd() + "\u2026" : full;
      const w = context.measureText(text).width, p = place[i], pad = 3 * ratio, h = size * 1.15;
      const tries = [
        [p.x - w / 2, p.y + p.r + pad + h / 2], [p.x - w / 2, p.y - p.r - pad - h / 2],
        [p.x + p.r + pad, p.y], [p.x - p.r - pad - w, p.y],
      ];
      let spot = null;
      for (const [x, y] of tries) {
        if (x < 2 || y < h / 2 || x + w > width - 2 || y + h / 2 > height) continue;
        const box = [x - 2 * ratio, y - h / 2, x + w + 2 * ratio, y + h / 2];
        if (!crossing(box) && (turn < leaders || !covering(box, i))) { spot = [x, y, box]; break; }
      }
      if (!spot && important) {
        const x = Math.max(2, Math.min(tries[0][0], width - w - 2)), y = Math.min(tries[0][1], height - h / 2);
        spot = [x, y, [x, y - h / 2, x + w, y + h / 2]];
      }
      if (!spot) continue;
      boxes.push(spot[2]);
      context.strokeStyle = "rgba(255,255,255,0.92)";
      context.fillStyle = "#1d2329";
      context.strokeText(text, spot[0], spot[1]);
      context.fillText(text, spot[0], spot[1]);
      drawn += 1;
    }
    context.restore();
  };

  const everything = () => {
    network.fit({ animation: false, maxZoomLevel: 1.5 });
    network.moveTo({ scale: network.getScale() * 0.9, animation: false });
  };
  const zoom = (factor) => network.moveTo({ scale: Math.min(8, Math.max(0.02, network.getScale() * factor)), animation: false });
  const pan = (x, y) => {
    const at = network.getViewPosition(), scale = network.getScale();
    network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale }, animation: false });
  };
  const inView = (i) => {
    const at = network.canvasToDOM(data.nodes[i]), box = find("map").getBoundingClientRect();
    return at.x > 30 && at.y > 30 && at.x < box.width - 30 && at.y < box.height - 30;
  };
  const fly = (i, closer) => {
    if (!network) return;
    const scale = closer ? Math.max(network.getScale(), 0.8) : network.getScale();
    network.moveTo({ position: data.nodes[i], scale, animation: false });
  };

  /* Choosing -------------------------------------------------------------------------------------------- */

  const rowsOf = [...document.querySelectorAll("#twin tbody tr")];
  const choose = (i, from) => {
    state.chosen = i;
    if (i >= 0) { state.category = -1; legend(); }
    rowsOf.forEach((row, j) => row.classList.toggle("found", j === i));
    const panel = find("details");
    panel.hidden = i < 0;
    if (i >= 0) {
      find("details-title").textContent = data.names[i];
      const facts = find("facts");
      facts.replaceChildren();
      data.facts[i].forEach(([label, value]) => { if (value) facts.append(make("dt", label), make("dd", value)); });
      const list = [...near[i]].sort((a, b) => data.names[a[0]].localeCompare(data.names[b[0]]));
      find("ties-title").textContent = list.length === 1 ? "1 tie" : list.length ? list.length + " ties" : "No ties";
      find("ties").replaceChildren(...list.map(([j, words]) => {
        const item = make("li"), button = make("button", data.names[j]);
        button.type = "button";
        button.addEventListener("click", () => { choose(j, "list"); if (network && !inView(j)) fly(j); });
        item.append(button);
        if (words) item.append(make("span", words));
        return item;
      }));
      say(data.names[i] + ". " + data.facts[i].slice(0, 2).map(([l, v]) => l + ": " + (v || "not known")).join(". ")
        + ". " + find("ties-title").textContent + ".");
      if (from === "table") find("map").scrollIntoView({ block: "center" });
    }
    restyle();
  };

  const legend = () => {
    const box = find("categories");
    box.replaceChildren();
    find("legend").hidden = !data.schemes.length && !data.sizes.length;
    if (data.schemes.length) {
      data.schemes[state.scheme].categories.forEach((category, k) => {
        const button = make("button");
        button.type = "button";
        button.setAttribute("aria-pressed", String(state.category === k));
        button.title = "Show only these";
        const hollow = category.colour === "#FFFFFF";
        button.append(disc(7, category.colour, hollow ? "#767676" : "none", 18), make("span", category.label),
          make("span", category.count.toLocaleString("en-GB"), "number"));
        button.addEventListener("click", () => {
          const next = state.category === k ? -1 : k;
          if (state.chosen >= 0) choose(-1);
          state.category = next;
          legend();
          restyle();
          say(next < 0 ? "Showing all." : "Showing " + category.label + ", " + category.count + ".");
          box.children[k].focus();
        });
        box.append(button);
      });
    }
    sizeLegend();
  };
  // The circles of the legend are as large as those in the picture are now.
  const sizeLegend = () => {
    const scale = find("scale");
    scale.replaceChildren();
    if (data.sizes.length && state.size >= 0) {
      const values = data.sizes[state.size].values;
      const [low, high] = range(values);
      scale.append(make("p", "Area: " + data.sizes[state.size].label.toLowerCase()));
      [high, low + (high - low) / 4].forEach((v) => {
        const line = make("div");
        line.append(disc(Math.min(30, radiusFor(v, low, high) * drawnAt), "#ffffff", "#56606b", 62));
        line.append(make("span", number.format(v)));
        scale.append(line);
      });
    }
    if (data.bridges) {
      const line = make("div");
      line.append(stroke("#4A525C"), make("span", "the only link between two parts"));
      scale.append(line);
    }
  };
  const svg = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  const disc = (r, fill, line, width) => {
    const picture = svg("svg", { width, height: Math.max(18, 2 * r + 2), "aria-hidden": "true" });
    picture.append(svg("circle", { cx: width / 2, cy: Math.max(9, r + 1), r, fill, stroke: line, "stroke-width": 1.5 }));
    return picture;
  };
  const stroke = (colour) => {
    const picture = svg("svg", { width: 62, height: 18, "aria-hidden": "true" });
    picture.append(svg("line", { x1: 14, y1: 9, x2: 48, y2: 9, stroke: colour, "stroke-width": 2.5 }));
    return picture;
  };

  /* Searching ------------------------------------------------------------------------------------------- */

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase("en-GB");
  const keys = data.names.map(plain);
  const memberKeys = data.members.map((names) => names.map(plain));
  let found = [], marked = 0;

  const search = () => {
    const word = plain(find("search").value.trim());
    const parts = word.split(/\s+/), holds = (key) => parts.every((part) => key.includes(part));
    found = [];
    if (word) {
      keys.forEach((key, i) => { if (holds(key)) found.push([key.startsWith(word) ? 0 : 1, i, data.names[i]]); });
      memberKeys.forEach((names, g) => names.forEach((key, m) => {
        if (holds(key)) found.push([key.startsWith(word) ? 2 : 3, g, data.members[g][m] + " (" + data.names[g] + ")"]);
      }));
      found.sort((a, b) => a[0] - b[0]);
    }
    const rows = new Set(found.map(([, i]) => i));
    rowsOf.forEach((row, i) => { row.hidden = Boolean(word) && !rows.has(i); });
    find("count").textContent = (word ? rows.size.toLocaleString("en-GB") + " of " : "")
      + count.toLocaleString("en-GB") + " " + data.plural + ".";
    say(word ? (found.length === 1 ? "1 name found." : found.length + " names found.") : "");
    marked = 0;
    list(Boolean(word));
  };
  const list = (open) => {
    const box = find("hits"), field = find("search");
    box.replaceChildren(...found.slice(0, 12).map(([, i, text], k) => {
      const item = make("li", text);
      item.id = "hit" + k;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(k === marked));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); go(k); });
      return item;
    }));
    if (open && !found.length) {
      const none = make("li", "No name like this");
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      box.append(none);
    }
    box.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (open && found.length) field.setAttribute("aria-activedescendant", "hit" + marked);
    else field.removeAttribute("aria-activedescendant");
  };
  const go = (k) => {
    if (!found[k]) return;
    const i = found[k][1];
    list(false);
    choose(i, "search");
    fly(i, true);
  };

  /* Walking --------------------------------------------------------------------------------------------- */

  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const walk = ([dx, dy]) => {
    if (!count) return;
    if (state.chosen < 0) {
      const first = data.nodes.map((_, i) => i).sort((a, b) => near[b].length - near[a].length || a - b)[0];
      choose(first, "keys");
      return;
    }
    const here = data.nodes[state.chosen];
    const towards = (candidates) => {
      let best = -1, least = Infinity;
      candidates.forEach((i) => {
        if (i === state.chosen) return;
        const x = data.nodes[i].x - here.x, y = data.nodes[i].y - here.y;
        const along = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
        if (along > 0 && aside <= along * 1.2 && along + 2 * aside < least) { least = along + 2 * aside; best = i; }
      });
      return best;
    };
    // To a neighbour where one lies that way, else to whatever is nearest that way.
    let next = towards(near[state.chosen].map(([j]) => j));
    if (next < 0) next = towards(data.nodes.map((_, i) => i));
    if (next < 0) { say("Nothing further that way."); return; }
    choose(next, "keys");
    if (network && !inView(next)) fly(next);
  };

  /* Wiring ---------------------------------------------------------------------------------------------- */

  const options = (select, labels, chosen) => {
    select.replaceChildren(...labels.map(([value, label]) => {
      const option = make("option", label);
      option.value = value;
      option.selected = value === chosen;
      return option;
    }));
  };
  const wire = () => {
    find("colour-field").hidden = data.schemes.length < 2;
    options(find("colour"), data.schemes.map((s, i) => [i, s.label]), 0);
    find("colour").addEventListener("change", (event) => {
      state.scheme = Number(event.target.value);
      state.category = -1;
      legend();
      restyle();
    });
    find("size-field").hidden = !data.sizes.length;
    options(find("size"), [...data.sizes.map((s, i) => [i, s.label]), [-1, "The same for all"]], 0);
    find("size").addEventListener("change", (event) => { state.size = Number(event.target.value); legend(); restyle(); });
    find("tools").addEventListener("submit", (event) => event.preventDefault());
    find("search").addEventListener("input", search);
    find("search").addEventListener("blur", () => list(false));
    find("search").addEventListener("keydown", (event) => {
      const most = Math.min(found.length, 12);
      if (event.key === "Enter") { event.preventDefault(); go(marked); }
      else if (event.key === "Escape") { event.target.value = ""; search(); }
      else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && most) {
        event.preventDefault();
        marked = (marked + (event.key === "ArrowDown" ? 1 : most - 1)) % most;
        list(true);
      }
    });
    find("close").addEventListener("click", () => { choose(-1); find("map").focus(); });
    rowsOf.forEach((row, i) => {
      const cell = row.cells[0], button = make("button", data.names[i]);
      button.type = "button";
      button.addEventListener("click", () => { choose(i, "table"); fly(i, true); });
      cell.replaceChildren(button);
    });
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); find("search").focus(); }
      if (event.key === "Escape" && !typing) { choose(-1); state.category = -1; legend(); restyle(); }
    });
    find("map").addEventListener("keydown", (event) => {
      if (!network || event.ctrlKey || event.metaKey || event.altKey) return;
      const way = arrows[event.key];
      if (way && event.shiftKey) pan(way[0] * 80, way[1] * 80);
      else if (way) walk(way);
      else if (event.key === "+" || event.key === "=") zoom(1.3);
      else if (event.key === "-" || event.key === "_") zoom(1 / 1.3);
      else if (event.key === "0") everything();
      else if (event.key === "Enter" && state.chosen >= 0) find("details").focus();
      else return;
      event.preventDefault();
    });
    const moves = {
      in: () => zoom(1.3), out: () => zoom(1 / 1.3), all: everything,
      left: () => pan(-120, 0), right: () => pan(120, 0), up: () => pan(0, -120), down: () => pan(0, 120),
    };
    document.querySelectorAll("[data-do]").forEach((button) => {
      button.addEventListener("click", () => { if (network) moves[button.dataset.do](); });
    });
  };

  const draw = () => {
    const { nodes, edges } = look();
    nodeSet = new vis.DataSet(data.nodes.map((node, i) => ({ ...node, ...nodes[i], title: tip(i) })));
    edgeSet = new vis.DataSet(data.edges.map((edge, i) => {
      const box = make("div", data.names[edge.from] + " \u2013 " + data.names[edge.to]);
      if (data.ties[i][2]) box.append(make("div", data.ties[i][2]));
      return { ...edge, ...edges[i], title: box };
    }));
    network = new vis.Network(find("map"), { nodes: nodeSet, edges: edgeSet }, data.options);
    network.on("afterDrawing", labels);
    network.on("click", (event) => choose(event.nodes.length ? event.nodes[0] : -1, "picture"));
    network.on("hoverNode", (event) => { state.hovered = event.node; network.redraw(); });
    network.on("blurNode", () => { state.hovered = -1; network.redraw(); });
    everything();
    grow = Math.min(1.6, Math.max(1, 0.5 / network.getScale()));
    restyle();
    // What is called ready has been drawn: the mark waits for the frame after the first picture.
    network.once("afterDrawing", () => requestAnimationFrame(() => {
      root.dataset.state = "ready";
      performance.mark("netmap-ready");
    }));
    network.redraw();
  };

  wire();
  legend();
  try {
    draw();
  } catch (error) {
    root.dataset.state = "error";
    find("broken").hidden = false;
  }
})();
