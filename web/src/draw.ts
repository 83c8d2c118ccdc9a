// The picture itself: areas, ties and nodes with Canvas 2D, in as few strokes as there are kinds of line.
import type { Camera } from "./camera";
import { inside, type Circles } from "./circles";
import type { Data, Pair } from "./data";
import type { Shown } from "./filter";
import type { Area } from "./hulls";
import { endedLine, hueOf, proposedLine, SHAPES, type Line, type Look, type Shape } from "./look";

export interface Scene {
  data: Data;
  look: Look;
  shown: Shown;
  areas: Area[];
  circles: Circles | null;
  level: "nodes" | "networks";
  /** What stands out; everything else fades. Null: nothing fades. */
  focus: { nodes: Set<number>; ties: Set<number> | null } | null;
  /** Rings: how broad, by node. */
  rings: Map<number, number>;
  network: number;
  opened: number[];
  /** Pairs of nodes that might be introduced, drawn where both are shown. */
  proposed: [number, number, ...unknown[]][];
  /** Pairs of nodes whose tie ended, drawn where both are shown. */
  ended: [number, number][];
}

/** Below this radius a node is a point: no ring, no shape. */
const POINT = 2.4;

/** Sizes grow more slowly than the map, so that zooming in makes room. */
export function sizeAt(radius: number, k: number, n: number): number {
  const least = n > 5000 ? 1.1 : n > 800 ? 2 : 3.2;
  return Math.max(least, radius * (k > 1 ? k ** 0.55 : k));
}

export function trace(ctx: CanvasRenderingContext2D | Path2D, shape: Shape, x: number, y: number, r: number): void {
  if (shape === "circle") {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  corners(shape, x, y, r).forEach(([px, py], i) => (i ? ctx.lineTo(px, py) : ctx.moveTo(px, py)));
  ctx.closePath();
}

/** Corners of a shape that covers as much as a circle of this radius. */
export function corners(shape: Shape, x: number, y: number, r: number): [number, number][] {
  const [many, turn, grow] = { square: [4, 45, 1.25], triangle: [3, -90, 1.5], diamond: [4, 0, 1.3], hexagon: [6, 0, 1.1], circle: [12, 0, 1] }[shape] as [number, number, number];
  return Array.from({ length: many }, (_, i) => {
    const a = ((turn + (360 * i) / many) * Math.PI) / 180;
    return [x + r * grow * Math.cos(a), y + r * grow * Math.sin(a)];
  });
}

/** Most ties and nodes of the quick picture that serves while a gesture lasts. */
const QUICK = 6000;

/** Draw what a camera sees, without names; quickly, an even sample where there is much. */
export function draw(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, quick = false): void {
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  if (scene.level === "networks" && scene.circles) drawCircles(ctx, scene, camera);
  else {
    drawAreas(ctx, scene, camera);
    drawTies(ctx, scene, camera, quick ? Math.ceil(scene.data.m / QUICK) : 1);
    for (const [pairs, line] of [[scene.ended, endedLine], [scene.proposed, proposedLine]] as const) {
      if (!pairs.length) continue;
      pen(ctx, line(scene.look.theme), 1, camera.k);
      ctx.beginPath();
      for (const [a, b] of pairs) {
        ctx.moveTo(...camera.toScreen(scene.data.x[a]!, scene.data.y[a]!));
        ctx.lineTo(...camera.toScreen(scene.data.x[b]!, scene.data.y[b]!));
      }
      ctx.stroke();
      ctx.setLineDash([]);
    }
    drawNodes(ctx, scene, camera, quick ? Math.ceil(scene.data.n / (2 * QUICK)) : 1);
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

function drawAreas(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera): void {
  const looks = scene.look.theme;
  for (const area of scene.areas) {
    const colour = hueOf(looks, "named", area.category);
    ctx.globalAlpha = (looks.dark ? 0.16 : 0.09) * (scene.focus ? 0.6 : 1);
    ctx.fillStyle = ctx.strokeStyle = colour;
    ctx.beginPath();
    if (area.outline) {
      area.outline.forEach(([x, y], i) => {
        const [px, py] = camera.toScreen(x, y);
        if (i) ctx.lineTo(px, py);
        else ctx.moveTo(px, py);
      });
      ctx.closePath();
      ctx.fill();
    } else {
      ctx.lineWidth = Math.max(6, 34 * camera.k);
      for (const [ax, ay, bx, by] of area.chain) {
        ctx.moveTo(...camera.toScreen(ax, ay));
        ctx.lineTo(...camera.toScreen(bx, by));
      }
      ctx.stroke();
    }
  }
}

function pen(ctx: CanvasRenderingContext2D, line: Line, alpha: number, k: number): void {
  ctx.strokeStyle = line.colour;
  ctx.lineWidth = line.width * Math.max(0.7, Math.min(1.6, k ** 0.3));
  ctx.globalAlpha = Math.min(1, line.alpha * alpha);
  ctx.setLineDash(line.dash as number[]);
}

function drawTies(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, every: number): void {
  const { data, look, shown, focus } = scene, { width, height } = camera;
  // Two layers: what fades and what does not; in each, one path a kind of line. A byte a tie says in which it is, from 1.
  const kinds = look.lines.length, slots = new Uint8Array(data.m), used = new Uint8Array(2 * kinds);
  for (let e = 0; e < data.m; e += every) {
    if (!shown.tie[e]) continue;
    const front = !focus || (focus.ties ? focus.ties.has(e) : focus.nodes.has(data.from[e]!) && focus.nodes.has(data.to[e]!));
    const slot = look.line[e]! + (front ? kinds : 0);
    slots[e] = slot + 1;
    used[slot] = 1;
  }
  used.forEach((any, slot) => {
    if (!any) return;
    const front = slot >= kinds, line = look.lines[slot % kinds]!;
    pen(ctx, front && focus ? { ...line, alpha: Math.max(line.alpha, 0.85), width: Math.max(line.width, 1.6) } : line, (front ? 1 : 0.22) * Math.min(Math.sqrt(every), 2), camera.k);
    ctx.beginPath();
    let held = 0;
    for (let e = 0; e < data.m; e += every) {
      if (slots[e] !== slot + 1) continue;
      const a = data.from[e]!, b = data.to[e]!;
      const ax = (data.x[a]! - camera.x) * camera.k + width / 2, ay = (data.y[a]! - camera.y) * camera.k + height / 2;
      const bx = (data.x[b]! - camera.x) * camera.k + width / 2, by = (data.y[b]! - camera.y) * camera.k + height / 2;
      if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > width && bx > width) || (ay > height && by > height)) continue;
      ctx.moveTo(ax, ay);
      ctx.lineTo(bx, by);
      // Very long paths are slow to stroke.
      if (++held % 400 === 0) {
        ctx.stroke();
        ctx.beginPath();
      }
    }
    ctx.stroke();
  });
  ctx.setLineDash([]);
}

function drawNodes(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, every: number): void {
  const { data, look, shown, focus, rings } = scene, { width, height } = camera, looks = look.theme;
  const back: number[] = [], front: number[] = [];
  // Points are drawn by colour, each colour in one go.
  const points = new Map<string, number[]>();
  for (let i = 0; i < data.n; i += every) {
    if (!shown.node[i]) continue;
    const faded = focus !== null && !focus.nodes.has(i);
    if (faded || rings.has(i) || sizeAt(look.radius[i]!, camera.k, data.n) > POINT) (faded ? back : front).push(i);
    else {
      const list = points.get(look.colour[i]!);
      if (list) list.push(i);
      else points.set(look.colour[i]!, [i]);
    }
  }
  ctx.globalAlpha = 1;
  for (const [colour, list] of points) {
    ctx.fillStyle = colour;
    ctx.beginPath();
    for (const i of list) {
      const r = sizeAt(look.radius[i]!, camera.k, data.n), x = (data.x[i]! - camera.x) * camera.k + width / 2, y = (data.y[i]! - camera.y) * camera.k + height / 2;
      if (x > -r && y > -r && x < width + r && y < height + r) ctx.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    }
    ctx.fill();
  }
  for (const [list, faded] of [[back, true], [front, false]] as const) {
    for (const i of list) {
      const x = (data.x[i]! - camera.x) * camera.k + width / 2, y = (data.y[i]! - camera.y) * camera.k + height / 2;
      const r = sizeAt(look.radius[i]!, camera.k, data.n);
      if (x < -r || y < -r || x > width + r || y > height + r) continue;
      ctx.globalAlpha = 1;
      ctx.beginPath();
      trace(ctx, SHAPES[look.shape[i]!]!, x, y, r);
      if (r > 2.5 || faded) {
        ctx.strokeStyle = looks.ground;
        ctx.lineWidth = 3;
        ctx.stroke();
      }
      // Fading is a mix with the ground, not a hole: lines must not show through.
      if (faded) {
        ctx.fillStyle = looks.ground;
        ctx.fill();
      }
      ctx.globalAlpha = faded ? 0.22 : 1;
      if (look.hollow[i] && r > 2.5) {
        ctx.fillStyle = looks.ground;
        ctx.fill();
        ctx.strokeStyle = look.colour[i]!;
        ctx.lineWidth = Math.max(1.8, r * 0.3);
        ctx.beginPath();
        trace(ctx, SHAPES[look.shape[i]!]!, x, y, r - ctx.lineWidth / 2);
        ctx.stroke();
      } else {
        ctx.fillStyle = look.colour[i]!;
        ctx.fill();
      }
      const ring = rings.get(i);
      if (ring) {
        ctx.globalAlpha = faded ? 0.3 : 1;
        ctx.strokeStyle = looks.ink;
        ctx.lineWidth = ring;
        ctx.beginPath();
        trace(ctx, SHAPES[look.shape[i]!]!, x, y, r + 2.5 + ring / 2);
        ctx.stroke();
      }
    }
  }
}

/** Whether two networks have clearly more links than chance gives (1), clearly fewer (-1), or neither, or it was not tested (0). */
export function beyond([, , shared, sharedExpected, ties, expected, , p]: Pair): number {
  if (p === null || p >= 0.05) return 0;
  return Math.sign(shared + ties - (sharedExpected ?? 0) - (expected ?? 0));
}

function drawCircles(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera): void {
  const { circles, look, network } = scene, looks = look.theme;
  if (!circles) return;
  const most = Math.max(1, ...circles.pairs.map((p) => p[4] + p[2]));
  for (const pair of circles.pairs) {
    const [a, b, shared, , ties] = pair;
    if (!ties && !shared) continue;
    const mine = network < 0 || network === a || network === b, far = beyond(pair);
    ctx.globalAlpha = mine ? (far || network >= 0 ? 0.9 : 0.5) : 0.1;
    ctx.strokeStyle = far > 0 ? looks.high : far < 0 ? looks.low : looks.tie;
    ctx.lineWidth = 1 + (ties ? 8 : 3) * Math.sqrt((ties + shared) / most) * Math.min(1, camera.k + 0.3);
    ctx.setLineDash(ties ? [] : [1, 8]);
    ctx.beginPath();
    ctx.moveTo(...camera.toScreen(circles.x[a]!, circles.y[a]!));
    ctx.lineTo(...camera.toScreen(circles.x[b]!, circles.y[b]!));
    ctx.stroke();
  }
  ctx.setLineDash([]);
  for (let i = 0; i < circles.x.length; i++) {
    const [x, y] = camera.toScreen(circles.x[i]!, circles.y[i]!), r = circles.radius[i]! * camera.k;
    const near = network < 0 || network === i || circles.pairs.some((p) => (p[0] === network && p[1] === i) || (p[1] === network && p[0] === i));
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.globalAlpha = 1;
    ctx.fillStyle = looks.ground;
    ctx.fill();
    ctx.globalAlpha = near ? 0.22 : 0.08;
    ctx.fillStyle = looks.accent;
    ctx.fill();
    ctx.globalAlpha = near ? 1 : 0.3;
    ctx.strokeStyle = network === i ? looks.ink : looks.accent;
    ctx.lineWidth = network === i ? 3.5 : 1.8;
    ctx.stroke();
    if (scene.opened.includes(i)) drawInside(ctx, scene, camera, i);
  }
}

/** The members of a network and the ties among them, within its circle. */
function drawInside(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, g: number): void {
  const { data, look } = scene, { x, y, members } = inside(data, scene.circles!, g), place = new Map(members.map((i, at) => [i, at]));
  ctx.globalAlpha = 0.7;
  ctx.strokeStyle = look.theme.tie;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let e = 0; e < data.m; e++) {
    const a = place.get(data.from[e]!), b = place.get(data.to[e]!);
    if (a === undefined || b === undefined) continue;
    ctx.moveTo(...camera.toScreen(x[a]!, y[a]!));
    ctx.lineTo(...camera.toScreen(x[b]!, y[b]!));
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = look.theme.ground;
  ctx.lineWidth = 1.5;
  const several = data.networks!.belongs;
  members.forEach((i, at) => {
    ctx.beginPath();
    trace(ctx, SHAPES[look.shape[i]!]!, ...camera.toScreen(x[at]!, y[at]!), insideSize(camera));
    // Who belongs to other networks too is hollow: they are drawn in each circle that is open.
    ctx.fillStyle = several[i]!.length > 1 ? look.theme.ground : look.theme.ink;
    ctx.strokeStyle = several[i]!.length > 1 ? look.theme.ink : look.theme.ground;
    ctx.fill();
    ctx.stroke();
  });
}

export function insideSize(camera: Camera): number {
  return Math.min(7, Math.max(3, 7 * camera.k));
}
