// Taking the map along: a picture in two forms, tables, a link, paper.
import type { App } from "./app";
import { button, el, say, svg } from "./dom";
import { draw } from "./draw";
import { drawLabels, FONT } from "./labels";
import { Pen } from "./pen";
import type { Stage } from "./stage";
import { columns, type Table } from "./table";
import { t } from "./strings";
import { Camera } from "./camera";

function keep(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type })), link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  say(t("saved", { name }));
}

function stem(app: App): string {
  return `${app.data.title.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 40) || "network"}-map`;
}

/** A cell that no spreadsheet program takes for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) && !/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

const csv = (lines: string[][]): string => `\ufeff${lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("")}`;

export function nodesCsv(app: App, rows: number[]): string {
  const all = columns(app), lines = [["id", ...all.map((c) => c.label)]];
  for (const i of rows) lines.push([app.data.ids[i]!, ...all.map((c) => (c.value ? (Number.isFinite(c.value(i)) ? String(c.value(i)) : "") : c.text(i)))]);
  return csv(lines);
}

export function tiesCsv(app: App): string {
  const { data, shown } = app, heads = ["source", "target", "source_name", "target_name", "kinds"];
  const more: [string, (e: number) => string][] = [];
  if (data.strength) more.push(["strength", (e) => String(data.strength![e])]);
  if (data.mandate) more.push(["mandate", (e) => data.mandates[data.mandate![e]!]!]);
  if (data.hard) more.push(["hardwired", (e) => t(`hard.${data.hard![e]}`)]);
  for (const key of ["intensity", "trust"] as const) {
    const of = data[key];
    if (of) more.push([key, (e) => (of[e]! >= 0 ? String(of[e]) : "")]);
  }
  if (data.confirmed) more.push(["confirmed", (e) => (data.confirmed![e] ? "yes" : "no")]);
  if (data.waves.length) more.push(["wave", () => data.waves[app.now.wave]!], ["new", (e) => (data.fresh ? (data.fresh[e] ? "yes" : "no") : "")]);
  if (data.bridge) more.push(["bridge", (e) => (data.bridge![e] ? "yes" : "no")]);
  if (data.alignment) more.push(["alignment", (e) => (data.alignment![e] === 65535 ? "" : String(data.alignment![e]! / 10_000))]);
  const lines = [[...heads, ...more.map(([head]) => head)]];
  for (let e = 0; e < data.m; e++) {
    if (!shown.tie[e]) continue;
    const a = data.from[e]!, b = data.to[e]!;
    lines.push([data.ids[a]!, data.ids[b]!, data.names[a]!, data.names[b]!, data.kindOf[e]!.map((k) => data.kinds[k]!).join("; "), ...more.map(([, of]) => of(e))]);
  }
  return csv(lines);
}

/** The view as a drawing made of elements, so that no name can be more than text. */
export function asSvg(app: App, stage: Stage): string {
  const scene = stage.scene!, { camera } = stage, looks = scene.look.theme, title = svg("title");
  title.textContent = `${app.data.title}. ${app.shown.words}`;
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${camera.width} ${camera.height}`, width: camera.width, height: camera.height, "font-family": FONT, "text-anchor": "middle", "stroke-linecap": "round", "stroke-linejoin": "round" },
    title, svg("rect", { width: "100%", height: "100%", fill: looks.ground }));
  const pen = new Pen(root) as unknown as CanvasRenderingContext2D;
  draw(pen, scene, camera);
  drawLabels(pen, stage.labels, looks);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

/** The view as pixels, twice as fine as the window. */
export function asPng(app: App, stage: Stage, done: (blob: Blob | null) => void): void {
  const scene = stage.scene!, canvas = el("canvas"), camera = Object.assign(new Camera(), stage.camera), foot = 44;
  canvas.width = Math.round(camera.width * 2);
  canvas.height = Math.round((camera.height + foot) * 2);
  const ctx = canvas.getContext("2d");
  if (!ctx) return done(null);
  ctx.scale(2, 2);
  ctx.fillStyle = scene.look.theme.ground;
  ctx.fillRect(0, 0, camera.width, camera.height + foot);
  draw(ctx, scene, camera);
  drawLabels(ctx, stage.labels, scene.look.theme);
  ctx.fillStyle = scene.look.theme.ground;
  ctx.fillRect(0, camera.height, camera.width, foot);
  ctx.fillStyle = scene.look.theme.muted;
  ctx.font = `12px ${FONT}`;
  ctx.textAlign = "left";
  ctx.fillText(`${app.data.title}. ${app.shown.words}`, 12, camera.height + 16, camera.width - 24);
  ctx.fillText(`${app.data.sentence} ${app.data.made}`, 12, camera.height + 33, camera.width - 24);
  canvas.toBlob(done, "image/png");
}

export function saveMenu(app: App, stage: () => Stage | null, table: Table, link: () => string): HTMLElement {
  const name = stem(app), menu = el("details", { class: "menu" }, el("summary", {}, t("save")));
  const item = (key: string, act: () => void): HTMLElement => el("li", {}, button(t(key), () => {
    menu.open = false;
    menu.querySelector("summary")?.focus();
    act();
  }));
  const drawn = (act: (s: Stage) => void) => (): void => {
    const own = stage();
    if (own) act(own);
    else say(t("nocanvas"));
  };
  const list = el("ul", {},
    item("save.png", drawn((s) => asPng(app, s, (blob) => blob && keep(`${name}.png`, blob, "image/png")))),
    item("save.svg", drawn((s) => keep(`${name}.svg`, asSvg(app, s), "image/svg+xml"))),
    item("save.nodes", () => keep(`${name}-${app.data.words}.csv`, nodesCsv(app, table.rows()), "text/csv")),
    item("save.ties", () => keep(`${name}-ties.csv`, tiesCsv(app), "text/csv")),
    item("save.link", () => {
      // A page from disk may have no clipboard.
      const elsewhere = (): void => say(t("link.address"));
      if (navigator.clipboard) void navigator.clipboard.writeText(link()).then(() => say(t("link.copied")), elsewhere);
      else elsewhere();
    }),
    item("save.print", () => window.print()));
  menu.append(list);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target as Node)) menu.open = false;
  });
  return menu;
}
