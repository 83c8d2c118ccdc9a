// Pictures of very many ties, pixel by pixel: in slices while the view rests, so that nothing has to wait for them.
import type { Camera } from "./camera";
import { MANY, mix } from "./look";
import { isPoint, lineOf, sizeAt, slotsOf, type Scene } from "./draw";

/** Most steps along lines that a picture takes, about two seconds' worth; beyond, an even share of the ties is drawn. */
const STEPS = 1.5e8;
const PROBE = 2000;
/** Ties and nodes of the quick picture that serves while a gesture lasts. */
const QUICK = 6000;

/** Whether a picture is painted; not in colours that the browser names and keeps to itself. */
export const much = ({ data, level, look }: Scene): boolean => level === "nodes" && data.m > MANY && look.theme.ground[0] === "#";

const pixels: Record<string, number> = {};

/** A colour as a pixel, or one that fades into what is under it. */
function rgb(colour: string, under = ""): number {
  return (pixels[colour + under] ??= ((v) => (255 << 24) | ((v & 255) << 16) | (v & 0xff00) | (v >> 16))(parseInt(mix(colour, under ? 0.22 : 1, under || colour).slice(1), 16)));
}

/** Paint ties and small nodes, or quickly some of them; pauses now and then. Returns one in how many ties was drawn. */
export function* paint(scene: Scene, camera: Camera, ratio: number, image: ImageData, quick: boolean): Generator<void, number> {
  const { data, look, shown, focus } = scene, { width: wide, height: high } = image, into = new Int32Array(image.data.buffer);
  const scale = camera.k * ratio, left = wide / 2 - camera.x * scale, top = high / 2 - camera.y * scale;
  let alpha = 0, green = 0, others = 0;
  const blend = (p: number, a: number): void => {
    const d = into[p]!, rest = 256 - a;
    into[p] = (((Math.imul(d & 0xff00ff, rest) + Math.imul(others, a) + 0x800080) >>> 8) & 0xff00ff) | (((Math.imul(d & 0xff00, rest) + Math.imul(green, a) + 0x8000) >>> 8) & 0xff00) | (255 << 24);
  };
  // A line goes pixel by pixel along its longer side; each step is shared by the two pixels it lies between.
  const line = (e: number, shift: number, draws = true): number => {
    const a = data.from[e]!, b = data.to[e]!;
    let ax = data.x[a]! * scale + left, ay = data.y[a]! * scale + top + shift, bx = data.x[b]! * scale + left, by = data.y[b]! * scale + top + shift;
    const steep = Math.abs(by - ay) > Math.abs(bx - ax);
    if (steep) [ax, ay, bx, by] = [ay, ax, by, bx];
    if (ax > bx) [ax, ay, bx, by] = [bx, by, ax, ay];
    const slope = (by - ay) / (bx - ax || 1), side = (steep ? wide : high) - 2, along = steep ? wide : 1, across = steep ? 1 : wide;
    let first = Math.max(0, ax), last = Math.min((steep ? high : wide) - 1, bx);
    if (slope) {
      const one = ax - ay / slope, other = one + side / slope;
      first = Math.max(first, Math.min(one, other));
      last = Math.min(last, Math.max(one, other));
    } else if (ay < 0 || ay > side) return 0;
    first = Math.ceil(first);
    last = Math.floor(last);
    let at = Math.round((ay + slope * (first - ax)) * 65536);
    for (let i = first; draws && i <= last; i++, at += slope * 65536) {
      const p = i * along + (at >> 16) * across, share = (at >> 8) & 255;
      blend(p, (alpha * (256 - share)) >> 8);
      blend(p + across, (alpha * share) >> 8);
    }
    return Math.max(0, last - first);
  };
  let steps = 0;
  for (let i = 0; i < PROBE; i++) steps += line(Math.floor((i * data.m) / PROBE), 0, false);
  steps *= shown.ties / PROBE;
  // How often a pixel is drawn over, if the map fills half the window.
  const every = Math.ceil(quick ? data.m / QUICK : steps / STEPS) || 1, slots = slotsOf(scene, every), thin = 1 / Math.sqrt((2 * steps) / wide / high / every);
  into.fill(rgb(look.theme.ground));
  steps = 0;
  for (let slot = 1; slot <= 2 * look.lines.length; slot++) {
    if (!slots.includes(slot)) continue;
    const own = lineOf(scene, slot, camera.k), broad = own.width * ratio, lines = Math.round(broad) || 1, colour = rgb(own.colour);
    alpha = 256 * Math.min((own.alpha * broad * Math.min(Math.sqrt(every), 2)) / lines, focus && slot > look.lines.length ? 1 : Math.max(0.03, thin));
    others = colour & 0xff00ff;
    green = colour & 0xff00;
    for (let e = 0; e < data.m; e += every) {
      if (slots[e] !== slot) continue;
      for (let n = 0; n < lines; n++) steps += 20 + line(e, n - (lines - 1) / 2);
      if (steps > 1e5) {
        steps = 0;
        yield;
      }
    }
  }
  for (const front of [false, true]) {
    for (let i = 0; i < data.n; i += quick ? Math.ceil(data.n / QUICK) : 1) {
      if (!shown.node[i] || !isPoint(scene, i, camera.k) || front === (focus !== null && !focus.nodes.has(i))) continue;
      const r = sizeAt(look.radius[i]!, camera.k, data.n) * 0.9 * ratio, x = Math.round(data.x[i]! * scale + left - r), y = Math.round(data.y[i]! * scale + top - r), size = Math.round(2 * r);
      const x0 = Math.max(0, x), x1 = Math.min(wide, x + size), colour = rgb(look.colour[i]!, front ? "" : look.theme.ground);
      for (let row = Math.max(0, y); x0 < x1 && row < Math.min(high, y + size); row++) into.fill(colour, row * wide + x0, row * wide + x1);
    }
    yield;
  }
  return every;
}
