// Starts the page: unpack, build the parts, draw, say when the first picture is there.
import { App } from "./app";
import { load, type Data } from "./data";
import { button, el, say, speaker } from "./dom";
import { gestures } from "./gestures";
import { helpDialog } from "./help";
import { Key } from "./key";
import { keys, move, zoom } from "./keys";
import { Panel } from "./panel";
import { saveMenu } from "./save";
import { search } from "./search";
import { Stage } from "./stage";
import { fromHash, opening, Store, toHash, unfiltered } from "./state";
import { speak, t } from "./strings";
import { Table } from "./table";
import { Tour } from "./tour";
import { waveBar } from "./waves";

const root = document.documentElement;

function build(data: Data): void {
  const store = new Store(opening(data)), app = new App(data, store), base = store.now;
  const home = el("div", { id: "map", tabindex: 0, role: "application", "aria-roledescription": t("map.role"), "aria-label": t("map.label", { what: data.sentence }), "aria-describedby": "map-how" });
  let stage: Stage | null = null;
  try {
    stage = new Stage(home);
  } catch {
    home.append(el("p", { class: "broken" }, t("nocanvas")));
  }
  app.stage = stage;

  const panel = new Panel(app, () => (app.now.view === "map" ? home.focus({ preventScroll: true }) : document.querySelector<HTMLElement>("#find")?.focus()));
  app.openPanel = () => panel.root.hidden || panel.root.focus();
  const key = new Key(app), table = new Table(app), tour = new Tour(app), help = helpDialog(app);
  const find = search(app, "find", t("search", { words: data.words }), (node) => app.choose(node, "find"), (query) => store.set({ query }));
  const views = el("div", { class: "choice", role: "group", "aria-label": t("view") }, ...(["map", "table"] as const).map((view) =>
    button(t(`view.${view}.short`), () => store.set({ view }), { "data-v": view })));
  const filtered = el("p", { id: "filtered" }), clear = button(t("filters.clear"), () => store.set(unfiltered), { class: "link" });

  let quiet = true, written = "", timer = 0;
  const address = (): string => toHash(data, app.now, { ...base, finding: -1 }, moved ? stage?.camera.toString() ?? "" : "");
  let moved = false;
  const write = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      written = `#${address()}`;
      try {
        if (location.hash !== written) history.replaceState(null, "", written);
      } catch {
        // A page shown inside another has no address of its own.
      }
    }, 200);
  };
  if (stage) stage.after = () => {
    moved = true;
    write();
  };

  const controls = el("div", { class: "controls", role: "group", "aria-label": t("move") }, ...([
    ["+", "move.in", (s: Stage) => zoom(s, 1.35)], ["\u2212", "move.out", (s: Stage) => zoom(s, 1 / 1.35)], ["\u2b1a", "move.all", () => app.everything()],
    ["\u2190", "move.left", (s: Stage) => move(s, -120, 0)], ["\u2191", "move.up", (s: Stage) => move(s, 0, -120)],
    ["\u2193", "move.down", (s: Stage) => move(s, 0, 120)], ["\u2192", "move.right", (s: Stage) => move(s, 120, 0)],
  ] as [string, string, (s: Stage) => void][]).map(([mark, name, act]) => button(mark, () => stage && act(stage), { "aria-label": t(name), title: t(name), "data-do": name })));

  const header = document.getElementById("top")!;
  header.querySelector(".titles")!.append(filtered, ...[waveBar(app)].filter((bar) => bar !== null));
  header.append(el("div", { class: "tools" }, find.root, views,
    button(t("key"), () => {
      document.body.classList.toggle("key");
      if (document.body.classList.contains("key")) key.root.querySelector<HTMLElement>("button, select")?.focus();
    }, { class: "narrow" }),
    saveMenu(app, () => stage, table, () => `${location.href.split("#")[0]}#${address()}`), button(t("help"), help.open, { id: "help-button" })));
  const place = el("div", { id: "stage" }, home, controls, tour.root);
  const main = el("main", {}, speaker(), el("p", { id: "map-how", class: "unseen" }, t("map.how")), key.root, place, table.root, panel.root);
  document.getElementById("wait")!.remove();
  document.getElementById("app")!.append(
    main, help.root,
    el("footer", {}, el("p", {}, t("foot")), data.report ? el("p", {}, el("a", { href: data.report }, t("foot.report"))) : null));
  header.before(el("a", { class: "skip", href: "#map", onclick: (event: Event) => {
    event.preventDefault();
    (app.now.view === "map" ? home : table.root.querySelector<HTMLElement>(".scroll"))?.focus();
  } }, t("skip")));

  const margins = (): void => {
    const narrow = document.body.clientWidth <= 760, sheet = narrow && !panel.root.hidden ? panel.root.offsetHeight : 0;
    if (stage) stage.margins = { left: 34, right: narrow ? 34 : 60, top: 40, bottom: 36 + sheet };
  };
  const show = (): void => {
    const { now } = app;
    filtered.className = app.shown.all ? "all" : "";
    filtered.replaceChildren(app.shown.words, stage && stage.every > 1 ? ` ${t("drawn", { every: stage.every })}` : "", ...(app.shown.all ? [] : [" ", clear]));
    place.hidden = now.view !== "map";
    for (const b of views.querySelectorAll("button")) b.setAttribute("aria-pressed", String(b.dataset.v === now.view));
    margins();
    if (!quiet) write();
  };
  store.listen(show);
  if (stage) stage.painted = show;

  const restore = (hash: string): void => {
    const asked = fromHash(data, hash);
    quiet = true;
    const opens = asked.finding >= 0 ? asked.finding : hash.length > 1 && Object.keys(asked.patch).length ? -1 : 0;
    if (opens >= 0 && data.findings.length) {
      app.tour(opens, true);
      // Unasked, the first finding is told over the whole map.
      if (asked.finding < 0 && app.now.level !== "nodes") store.set({ level: "nodes" });
    }
    store.set(asked.patch);
    find.input.value = app.now.query;
    tour.show();
    margins();
    if (!asked.camera || !stage?.camera.from(asked.camera)) {
      app.everything(true);
      if (asked.patch.node !== undefined) app.fly(asked.patch.node);
    } else {
      moved = true;
      stage.redraw();
    }
    quiet = false;
  };
  addEventListener("hashchange", () => location.hash !== written && restore(location.hash));
  stage?.resize();
  app.update();
  tour.show();
  restore(location.hash);
  for (const part of [key, table, tour, panel]) part.show();
  show();
  say(app.shown.words);

  if (stage) {
    gestures(app, stage, home);
    keys(app, stage, home, help.open);
    // Until somebody moves it, the map fits whatever window it has.
    new ResizeObserver(() => {
      margins();
      if (!moved && app.now.node < 0) app.everything(true);
    }).observe(home);
    addEventListener("beforeprint", () => {
      app.update();
      key.show();
      stage.paint();
    });
    addEventListener("afterprint", () => app.update());
  }
  home.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (app.now.to >= 0) app.choose(app.now.node);
    else if (app.now.network >= 0) app.chooseNetwork(-1);
    else if (app.now.node >= 0) app.choose(-1);
  });
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as HTMLElement).closest("[type=search]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      find.input.focus();
    }
    if (event.key === "Escape" && document.body.classList.contains("key")) document.body.classList.remove("key");
  });
  ready(stage);
}

/** The mark waits for the frame after the first picture: what is called ready has been drawn. */
function ready(stage: Stage | null): void {
  const done = (): void => {
    if (stage && !stage.pictures) {
      requestAnimationFrame(done);
      return;
    }
    requestAnimationFrame(() => {
      root.dataset.state = "ready";
      performance.mark("netmap-ready");
    });
  };
  done();
}

async function start(): Promise<void> {
  const holder = document.getElementById("data")!;
  try {
    const data = await load(holder.textContent ?? "");
    holder.remove();
    speak(data.strings);
    build(data);
  } catch (error) {
    // Without the content there are no words: these stand beside it.
    root.dataset.state = "error";
    document.getElementById("wait")?.remove();
    document.getElementById("app")!.append(el("p", { class: "broken", role: "alert" }, `${holder.dataset.broken} ${error instanceof Error ? error.message : error}`));
  }
}

void start();
