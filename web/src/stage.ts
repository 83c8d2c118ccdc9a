// The canvas: it draws only when something changed, keeps a picture with a margin while a gesture lasts, and names on top.
import { around, Camera, type Box, type Margins } from "./camera";
import { inside } from "./circles";
import { draw, insideSize, sizeAt, type Scene } from "./draw";
import { membersOf } from "./filter";
import { drawLabels, fontOf, place, Room, shorten, type Placed, type Wish } from "./labels";
import { much, paint } from "./raster";
import { number, percent, t, tn } from "./strings";

const MARGIN = 0.2;
const REST = 110;
/** Milliseconds of painting at a time; the first take is longer, so that what takes little is whole at once. */
const SLICE = 16, FIRST = 60;
/** Up to so many nodes and ties the picture is made anew for every frame: the size decides, not the clock, for what the
    browser has been told to draw is mostly not drawn yet when the clock is read, and what is at rest is to be the same always. */
const FEW = 2500;

const few = ({ data }: Scene): boolean => data.n + data.m <= FEW;

export class Stage {
  readonly camera = new Camera();
  readonly canvas: HTMLCanvasElement;
  scene: Scene | null = null;
  hovered = -1;
  chosen = -1;
  important: number[] = [];
  named = new Set<number>();
  /** Share of the others' pairs that need a node, said under its name; -1 is not said. */
  notes = new Map<number, string>();
  margins: Margins = { left: 30, top: 30, right: 30, bottom: 30 };
  labels: Placed[] = [];
  after: (() => void) | null = null;
  /** One in so many ties is drawn, and who wants to know. */
  every = 1;
  painted: (() => void) | null = null;
  pictures = 0;

  private readonly ctx: CanvasRenderingContext2D;
  private readonly kept: HTMLCanvasElement;
  private readonly keptCtx: CanvasRenderingContext2D;
  private readonly seen = new Camera();
  private frame = 0;
  private timer = 0;
  private stale = true;
  private moving = false;
  private flight = 0;
  private image: ImageData | null = null;
  private job = 0;
  private readonly widths = new Map<string, number>();

  constructor(private readonly home: HTMLElement) {
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    const ctx = this.canvas.getContext("2d");
    this.kept = document.createElement("canvas");
    const keptCtx = this.kept.getContext("2d");
    if (!ctx || !keptCtx) throw new Error("canvas");
    this.ctx = ctx;
    this.keptCtx = keptCtx;
    home.append(this.canvas);
    new ResizeObserver(() => this.resize()).observe(home);
    this.resize();
  }

  get ratio(): number {
    return Math.min(window.devicePixelRatio || 1, 2);
  }

  resize(): void {
    const width = Math.max(this.home.clientWidth, 1), height = Math.max(this.home.clientHeight, 1);
    const wide = Math.round(width * this.ratio), high = Math.round(height * this.ratio);
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.width = wide;
      this.canvas.height = high;
    }
    this.camera.width = width;
    this.camera.height = height;
    this.redraw();
  }

  /** Something that is drawn has changed. */
  redraw(): void {
    this.stale = true;
    this.request();
  }

  /** Only names or what is under the mouse changed. */
  request(): void {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.render());
  }

  /** The view moved: the kept picture serves until the gesture rests. */
  moved(): void {
    this.moving = true;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.moving = false;
      this.redraw();
    }, REST);
    this.request();
  }

  fly(to: { x: number; y: number; k: number }, still = false): void {
    cancelAnimationFrame(this.flight);
    const from = { x: this.camera.x, y: this.camera.y, k: this.camera.k };
    if (still || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      Object.assign(this.camera, to);
      this.redraw();
      if (!still) this.after?.();
      return;
    }
    const begin = performance.now();
    const step = (now: number): void => {
      const s = Math.min(1, Math.max(0, (now - begin) / 260)), e = s * s * (3 - 2 * s);
      this.camera.k = from.k * (to.k / from.k) ** e;
      this.camera.x = from.x + (to.x - from.x) * e;
      this.camera.y = from.y + (to.y - from.y) * e;
      this.moved();
      if (s < 1) this.flight = requestAnimationFrame(step);
      else this.after?.();
    };
    this.flight = requestAnimationFrame(step);
  }

  fit(box: Box | null, most = 1.9, still = false): void {
    if (box) this.fly(this.camera.fitted(box, this.margins, most), still);
  }

  /** Everything that is shown. */
  everything(): Box | null {
    const scene = this.scene;
    if (!scene) return null;
    if (scene.level === "networks") {
      const { x, y, radius } = scene.data.networks!, room = Math.max(...radius, 1);
      return around(x, y, x.keys(), room);
    }
    const chosen: number[] = [];
    for (let i = 0; i < scene.data.n; i++) if (scene.shown.node[i]) chosen.push(i);
    return around(scene.data.x, scene.data.y, chosen, 26);
  }

  /** Draw at once, for paper. */
  paint(): void {
    cancelAnimationFrame(this.frame);
    this.stale = true;
    this.render(Infinity);
  }

  private render(first = FIRST): void {
    this.frame = 0;
    const scene = this.scene;
    if (!scene) return;
    const { ctx, camera, ratio } = this;
    if ((this.stale && !this.moving) || few(scene)) this.repaint(scene, false, first);
    else if (this.outside()) this.repaint(scene, this.moving, first);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    ctx.fillStyle = scene.look.theme.ground;
    ctx.fillRect(0, 0, this.canvas.width, this.canvas.height);
    // The kept picture, where the camera has gone since it was made.
    const scale = camera.k / this.seen.k;
    const [left, top] = this.seen.toMap(0, 0);
    const [px, py] = camera.toScreen(left, top);
    ctx.drawImage(this.kept, px * ratio, py * ratio, this.kept.width * scale, this.kept.height * scale);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.labels = this.place(scene);
    drawLabels(ctx, this.labels, scene.look.theme);
    if (!this.job) this.pictures++;
  }

  private outside(): boolean {
    const { camera, seen } = this, scale = camera.k / seen.k;
    if (scale > 1.15 || scale < 0.87) return true;
    const [left, top] = seen.toMap(0, 0), [right, bottom] = seen.toMap(seen.width, seen.height);
    const [a, b] = camera.toScreen(left, top), [c, d] = camera.toScreen(right, bottom);
    return a > 0.5 || b > 0.5 || c < camera.width - 0.5 || d < camera.height - 0.5;
  }

  private repaint(scene: Scene, coarse: boolean, first: number): void {
    const { camera, seen, ratio } = this, room = few(scene) ? 0 : MARGIN;
    // Whole pixels, so that the picture is the same with the margin and without.
    const [across, down] = [camera.width, camera.height].map((side) => Math.round(side * room * ratio) / ratio) as [number, number];
    Object.assign(seen, { x: camera.x, y: camera.y, k: camera.k, width: camera.width + 2 * across, height: camera.height + 2 * down });
    const wide = Math.round(seen.width * ratio), high = Math.round(seen.height * ratio);
    if (this.kept.width !== wide || this.kept.height !== high) {
      this.kept.width = wide;
      this.kept.height = high;
    }
    const ctx = this.keptCtx;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.stale = coarse;
    clearTimeout(this.job);
    this.job = 0;
    if (much(scene)) {
      if (this.image?.width !== wide || this.image.height !== high) this.image = ctx.createImageData(wide, high);
      const image = this.image, put = (): void => {
        ctx.putImageData(image, 0, 0);
        draw(ctx, scene, seen, true);
      };
      Array.from(paint(scene, seen, ratio, image, true));
      put();
      if (coarse) return;
      const work = paint(scene, seen, ratio, image, false), take = (most: number): void => {
        const until = performance.now() + most, later = this.job;
        let next = work.next();
        while (!next.done && performance.now() < until) next = work.next();
        this.job = 0;
        if (!next.done) {
          // A gesture that has begun comes first: once it rests all is painted anew.
          this.stale = this.moving;
          if (!this.stale) this.job = window.setTimeout(take, 0, SLICE);
          return;
        }
        put();
        if (later) this.request();
        if (this.every !== next.value) {
          this.every = next.value;
          this.painted?.();
        }
      };
      take(first);
      return;
    }
    ctx.globalAlpha = 1;
    ctx.fillStyle = scene.look.theme.ground;
    ctx.fillRect(0, 0, seen.width, seen.height);
    draw(ctx, scene, seen);
  }

  private readonly measure = (text: string, strong: boolean): number => {
    const key = (strong ? "+" : "-") + text;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.ctx.font = fontOf(strong);
      width = this.ctx.measureText(text).width;
      if (this.widths.size > 20_000) this.widths.clear();
      this.widths.set(key, width);
    }
    return width;
  };

  place(scene: Scene): Placed[] {
    const { camera } = this, room = new Room(camera.width, camera.height);
    // The buttons that move the map; little windows have no arrows.
    room.take(camera.width - 44, 0, camera.width, camera.width < 500 ? 130 : 250);
    return scene.level === "networks" ? place(this.circleNames(scene), room, this.measure) : place(this.names(scene, room), room, this.measure, scene.data.n > 2000 && camera.k < 0.4 ? 40 : 140);
  }

  private *names(scene: Scene, room: Room): Generator<Wish> {
    const { camera } = this, { data, look, shown, focus } = scene;
    const wish = (i: number, always: boolean): Wish | null => {
      if (!shown.node[i]) return null;
      const [x, y] = camera.toScreen(data.x[i]!, data.y[i]!);
      const out = always ? 0 : 20;
      if (x < -3 * out || y < -out || x > camera.width + 3 * out || y > camera.height + out) return null;
      const ring = scene.rings.get(i) ?? 0, strong = always || this.named.has(i);
      const text = always ? shorten(data.names[i]!, 44) : shorten(data.names[i]!);
      return { text, below: this.notes.get(i) ?? "", x, y, gap: sizeAt(look.radius[i]!, camera.k, data.n) + 3 + ring, strong, always, centred: false };
    };
    if (data.n <= 600) {
      for (let i = 0; i < data.n; i++) {
        if (!shown.node[i]) continue;
        const [x, y] = camera.toScreen(data.x[i]!, data.y[i]!), ring = scene.rings.get(i) ?? 0;
        const r = sizeAt(look.radius[i]!, camera.k, data.n) * (ring ? 1 : 0.7) + (ring > 2 ? ring + 2 : 0);
        if (r > 2) room.take(x - r, y - r, x + r, y + r, ring ? 4 : 1);
      }
    }
    const done = new Set<number>();
    for (const i of [this.hovered, this.chosen]) {
      const made = i >= 0 && !done.has(i) ? wish(i, true) : null;
      if (made) yield made;
      done.add(i);
    }
    let most = camera.width < 500 ? 2 : 4;
    for (const i of this.named) {
      // What the finding speaks of first is named even where there is little room.
      const made = done.has(i) ? null : wish(i, most-- > 0);
      if (made) yield made;
      done.add(i);
    }
    // Names of areas before the many: they say what the picture is made of.
    if (!focus) for (const area of scene.areas) {
      const [x, y] = camera.toScreen(area.x, area.top);
      if (data.n > 60) yield { text: shorten(area.label, 40), below: area.more ? shorten(area.more, 44) : "", x, y: y - 4, gap: 2, strong: true, always: false, centred: false };
    }
    for (const i of this.important) {
      if (done.has(i) || (focus && !focus.nodes.has(i))) continue;
      const made = wish(i, false);
      if (made) yield made;
    }
  }

  private *circleNames(scene: Scene): Generator<Wish> {
    const { camera } = this, { data, network } = scene, circles = data.networks!;
    const order = [...circles.radius.keys()].sort((a, b) => Number(b === network) - Number(a === network) || circles.radius[b]! - circles.radius[a]! || a - b);
    for (const i of order) {
      const [x, y] = camera.toScreen(circles.x[i]!, circles.y[i]!), r = circles.radius[i]! * camera.k;
      const text = shorten(circles.names[i]!, 30);
      yield { text, below: membersOf(data, i), x, y, gap: r + 3, strong: true, always: i === network, centred: r > 16 && !scene.opened.includes(i) };
    }
    for (const g of scene.opened) {
      const own = inside(data, g);
      for (const [at, i] of own.members.entries()) {
        const [x, y] = camera.toScreen(own.x[at]!, own.y[at]!);
        yield { text: shorten(data.names[i]!, 26), below: "", x, y, gap: insideSize(camera) + 2, strong: false, always: false, centred: false };
      }
    }
    const near = circles.pairs.filter((p) => (p[4] || p[2]) && (network < 0 ? circles.pairs.length <= 30 : p[0] === network || p[1] === network));
    for (const [a, b, shared, , ties, expected] of near) {
      const [ax, ay] = camera.toScreen(circles.x[a]!, circles.y[a]!), [bx, by] = camera.toScreen(circles.x[b]!, circles.y[b]!);
      const said = ties ? (expected === null ? tn("ties", ties) : t("between.short", { ties: tn("ties", ties), expected: number(expected) })) : tn("shared", shared);
      yield { text: said, below: "", x: (ax + bx) / 2, y: (ay + by) / 2, gap: 2, strong: false, always: false, centred: true };
    }
  }

  /** What rests on nodes, as notes under their names. */
  note(nodes: Iterable<number>, rests: ArrayLike<number> | null): void {
    this.notes.clear();
    if (rests) for (const i of nodes) if (rests[i]! >= 0.03) this.notes.set(i, t("rests.short", { share: percent(rests[i]!) }));
  }
}
