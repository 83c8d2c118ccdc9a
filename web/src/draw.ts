// The picture itself: areas, ties and nodes with Canvas 2D, in as few strokes as there are kinds of line.
import type { Camera } from "./camera";
import { inside } from "./circles";
import type { Data, Pair } from "./data";
import type { Shown } from "./filter";
import type { Area } from "./hulls";
import { endedLine, hueOf, proposedLine, SHAPES, type Line, type Look, type Shape } from "./look";

export interface Scene {
  data: Data;
  look: Look;
  shown: Shown;
  areas: Area[];
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

/** Up to this radius a node is a point: no ring, no shape. */
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

/** Draw what a camera sees, without names; or only what `paint` leaves. */
export function draw(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, painted = false): void {
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  if (scene.level === "networks") drawCircles(ctx, scene, camera);
  else {
    drawAreas(ctx, scene, camera);
    if (!painted) drawTies(ctx, scene, camera);
    for (const [pairs, line] of [[scene.ended, endedLine], [scene.proposed, proposedLine]] as const) {
      if (!pairs.length) continue;
      pen(ctx, broader(line(scene.look.theme), camera.k));
      ctx.beginPath();
      for (const [a, b] of pairs) {
        ctx.moveTo(...camera.toScreen(scene.data.x[a]!, scene.data.y[a]!));
        ctx.lineTo(...camera.toScreen(scene.data.x[b]!, scene.data.y[b]!));
      }
      ctx.stroke();
      ctx.setLineDash([]);
    }
    drawNodes(ctx, scene, camera, painted);
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

function drawAreas(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera): void {
  const looks = scene.look.theme;
  for (const area of scene.areas) {
    ctx.globalAlpha = (looks.dark ? 0.16 : 0.09) * (scene.focus ? 0.6 : 1);
    ctx.fillStyle = hueOf(looks, "named", area.category);
    ctx.beginPath();
    area.outline.forEach(([x, y], i) => {
      const [px, py] = camera.toScreen(x, y);
      if (i) ctx.lineTo(px, py);
      else ctx.moveTo(px, py);
    });
    ctx.closePath();
    ctx.fill();
  }
}

/** Lines grow more slowly than the map. */
const broader = (line: Line, k: number): Line => ({ ...line, width: line.width * Math.max(0.7, Math.min(1.6, k ** 0.3)) });

function pen(ctx: CanvasRenderingContext2D, line: Line): void {
  ctx.strokeStyle = line.colour;
  ctx.lineWidth = line.width;
  ctx.globalAlpha = line.alpha;
  ctx.setLineDash(line.dash as number[]);
}

/** In which layer each tie is, from 1: what fades and what does not, in each one a kind of line; 0 is not drawn. */
export function slotsOf({ data, look, shown, focus }: Scene, every: number): Uint8Array {
  const slots = new Uint8Array(data.m);
  for (let e = 0; e < data.m; e += every) {
    if (!shown.tie[e]) continue;
    const front = !focus || (focus.ties ? focus.ties.has(e) : focus.nodes.has(data.from[e]!) && focus.nodes.has(data.to[e]!));
    slots[e] = look.line[e]! + (front ? look.lines.length : 0) + 1;
  }
  return slots;
}

/** The line of a layer. */
export function lineOf({ look, focus }: Scene, slot: number, k: number): Line {
  const front = slot > look.lines.length, line = look.lines[(slot - 1) % look.lines.length]!;
  const { width, alpha } = front && focus ? { width: Math.max(line.width, 1.6), alpha: Math.max(line.alpha, 0.85) } : line;
  return broader({ ...line, width, alpha: alpha * (front ? 1 : 0.22) }, k);
}

function drawTies(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera): void {
  const { data, look } = scene, { width, height } = camera, slots = slotsOf(scene, 1);
  for (let slot = 1; slot <= 2 * look.lines.length; slot++) {
    if (!slots.includes(slot)) continue;
    pen(ctx, lineOf(scene, slot, camera.k));
    ctx.beginPath();
    for (let e = 0; e < data.m; e++) {
      if (slots[e] !== slot) continue;
      const a = data.from[e]!, b = data.to[e]!, [ax, ay] = camera.toScreen(data.x[a]!, data.y[a]!), [bx, by] = camera.toScreen(data.x[b]!, data.y[b]!);
      if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > width && bx > width) || (ay > height && by > height)) continue;
      ctx.moveTo(ax, ay);
      ctx.lineTo(bx, by);
    }
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

/** Whether a node is no more than a point. */
export const isPoint = ({ look, data, rings }: Scene, i: number, k: number): boolean => !rings.has(i) && sizeAt(look.radius[i]!, k, data.n) <= POINT;

function drawNodes(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, painted: boolean): void {
  const { data, look, shown, focus, rings } = scene, { width, height } = camera, looks = look.theme;
  for (const faded of [true, false]) {
    for (let i = 0; i < data.n; i++) {
      if (!shown.node[i] || faded !== (focus !== null && !focus.nodes.has(i)) || (painted && isPoint(scene, i, camera.k))) continue;
      const [x, y] = camera.toScreen(data.x[i]!, data.y[i]!), r = sizeAt(look.radius[i]!, camera.k, data.n);
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
  const { look, network } = scene, looks = look.theme, circles = scene.data.networks!;
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
  const { data, look } = scene, { x, y, members } = inside(data, g), place = new Map(members.map((i, at) => [i, at]));
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
