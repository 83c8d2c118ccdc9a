// Where the map is looked at from: a point of the map in the middle of the window, and a scale.
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
export interface Margins {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export class Camera {
  x = 0;
  y = 0;
  k = 1;
  width = 1;
  height = 1;
  least = 0.01;
  most = 12;

  toScreen(x: number, y: number): [number, number] {
    return [(x - this.x) * this.k + this.width / 2, (y - this.y) * this.k + this.height / 2];
  }

  toMap(px: number, py: number): [number, number] {
    return [(px - this.width / 2) / this.k + this.x, (py - this.height / 2) / this.k + this.y];
  }

  pan(dx: number, dy: number): void {
    this.x -= dx / this.k;
    this.y -= dy / this.k;
  }

  /** Change the scale and keep what lies under a point of the window where it is. */
  zoom(factor: number, px = this.width / 2, py = this.height / 2): void {
    const [x, y] = this.toMap(px, py);
    this.k = Math.min(this.most, Math.max(this.least, this.k * factor));
    this.x = x - (px - this.width / 2) / this.k;
    this.y = y - (py - this.height / 2) / this.k;
  }

  /** What shows a box of the map within the margins of the window, no larger than `most`. */
  fitted(box: Box, margins: Margins, most: number): { x: number; y: number; k: number } {
    const wide = Math.max(this.width - margins.left - margins.right, 40), high = Math.max(this.height - margins.top - margins.bottom, 40);
    const k = Math.min(most, wide / Math.max(box.right - box.left, 1), high / Math.max(box.bottom - box.top, 1));
    const px = margins.left + wide / 2 - this.width / 2, py = margins.top + high / 2 - this.height / 2;
    return { x: (box.left + box.right) / 2 - px / k, y: (box.top + box.bottom) / 2 - py / k, k };
  }

  toString(): string {
    return [this.x.toFixed(1), this.y.toFixed(1), this.k.toPrecision(4)].join(",");
  }

  from(text: string): boolean {
    const [x, y, k] = text.split(",").map(Number);
    if (![x, y, k].every((v) => Number.isFinite(v)) || !(k! > 0)) return false;
    this.x = x!;
    this.y = y!;
    this.k = Math.min(this.most, Math.max(this.least, k!));
    return true;
  }
}

/** The smallest box around some places, with room around each. */
export function around(x: ArrayLike<number>, y: ArrayLike<number>, chosen: Iterable<number>, room: number): Box | null {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const i of chosen) {
    box.left = Math.min(box.left, x[i]! - room);
    box.right = Math.max(box.right, x[i]! + room);
    box.top = Math.min(box.top, y[i]! - room);
    box.bottom = Math.max(box.bottom, y[i]! + room);
  }
  return box.left <= box.right ? box : null;
}
