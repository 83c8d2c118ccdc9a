// Names on the map: the important ones first, never one over another, as many as there is room for.
import type { Theme } from "./look";

export interface Wish {
  text: string;
  below: string;
  x: number;
  y: number;
  /** Distance from the place to the label. */
  gap: number;
  strong: boolean;
  /** Shown even where it covers another. */
  always: boolean;
  centred: boolean;
}
export interface Placed {
  text: string;
  below: string;
  x: number;
  y: number;
  strong: boolean;
  width: number;
}

export const FONT = 'system-ui, "Segoe UI", Roboto, sans-serif';
const LINE = 15;
const CELL = 4;
const LETTERS = 30;

export function shorten(text: string, most = LETTERS): string {
  const letters = [...text];
  return letters.length > most ? letters.slice(0, most - 1).join("").trimEnd() + "\u2026" : text;
}

/** Which cells of the window are taken. */
export class Room {
  private readonly wide: number;
  private readonly cells: Uint8Array;

  constructor(readonly width: number, readonly height: number) {
    this.wide = Math.ceil(width / CELL) + 1;
    this.cells = new Uint8Array(this.wide * (Math.ceil(height / CELL) + 1));
  }

  inside(left: number, top: number, right: number, bottom: number): boolean {
    return left >= 0 && top >= 0 && right <= this.width && bottom <= this.height;
  }

  /** How much of it is taken. */
  taken(left: number, top: number, right: number, bottom: number): number {
    let n = 0;
    for (let r = Math.floor(top / CELL); r <= Math.floor(bottom / CELL); r++) {
      for (let c = Math.floor(left / CELL); c <= Math.floor(right / CELL); c++) n += this.cells[r * this.wide + c]!;
    }
    return n;
  }

  /** Names count for more than dots: a name may cover some of these, never another. */
  take(left: number, top: number, right: number, bottom: number, by = 99): void {
    const lastRow = Math.min(Math.floor(bottom / CELL), Math.floor(this.height / CELL)), lastColumn = Math.min(Math.floor(right / CELL), this.wide - 1);
    for (let r = Math.max(0, Math.floor(top / CELL)); r <= lastRow; r++) {
      for (let c = Math.max(0, Math.floor(left / CELL)); c <= lastColumn; c++) this.cells[r * this.wide + c] = by;
    }
  }
}

/** Where the wished labels go, in their order; `measure` gives the width of a text. */
export function place(wishes: Iterable<Wish>, room: Room, measure: (text: string, strong: boolean) => number, most = 140): Placed[] {
  const out: Placed[] = [];
  let tried = 0;
  for (const wish of wishes) {
    if (out.length >= most || ++tried > 4000) break;
    const width = Math.max(measure(wish.text, wish.strong), wish.below ? measure(wish.below, false) : 0), half = width / 2;
    const high = wish.below ? 2 * LINE : LINE;
    // Below, above, right, left, then the corners.
    const spots = (wish.centred ? [[0, 0]] : []).concat([[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [1, -1], [-1, 1], [-1, -1]])
      .map(([dx, dy]) => [wish.x + dx! * (half + wish.gap * (dy ? 0.7 : 1) + 2), wish.y - high / 2 + dy! * (high / 2 + wish.gap * (dx ? 0.7 : 1))] as const);
    // What is always shown goes where it covers least and is moved least into the window, names of areas may cover a few dots.
    let found: [number, number] | undefined, least = wish.always ? Infinity : wish.strong ? 9 : 1;
    for (const [x, y] of spots) {
      const cx = wish.always ? Math.min(Math.max(x, half + 2), room.width - half - 2) : x;
      const top = wish.always ? Math.min(Math.max(y, 0), room.height - high) : y;
      const box = [cx - half - 2, top, cx + half + 2, top + high] as const;
      const covered = wish.always || room.inside(...box) ? room.taken(...box) + (Math.abs(cx - x) + Math.abs(top - y)) / CELL : Infinity;
      if (covered < least) {
        least = covered;
        found = [cx, top];
      }
    }
    if (!found) continue;
    room.take(found[0] - half - 2, found[1], found[0] + half + 2, found[1] + high);
    out.push({ text: wish.text, below: wish.below, x: found[0], y: found[1] + LINE / 2, strong: wish.strong, width });
  }
  return out;
}

export function drawLabels(ctx: CanvasRenderingContext2D, labels: Placed[], looks: Theme): void {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  const write = (text: string, x: number, y: number, font: string, colour: string): void => {
    ctx.font = font;
    ctx.strokeStyle = looks.ground;
    ctx.lineWidth = 3.5;
    ctx.globalAlpha = 0.85;
    ctx.strokeText(text, x, y);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  };
  for (let i = labels.length - 1; i >= 0; i--) {
    const label = labels[i]!;
    write(label.text, label.x, label.y, fontOf(label.strong), looks.ink);
    if (label.below) write(label.below, label.x, label.y + LINE - 1, fontOf(false, 11.5), looks.muted);
  }
}

export function fontOf(strong: boolean, size = strong ? 13.5 : 12.5): string {
  return `${strong ? 650 : 400} ${size}px ${FONT}`;
}
