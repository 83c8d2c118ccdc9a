// What lies under a point: a grid over the map, so that asking costs the same for few nodes and for many.
const SIDE = 64;

export class Grid {
  private readonly cells = new Map<number, number[]>();

  constructor(private readonly x: Float32Array, private readonly y: Float32Array) {
    for (let i = 0; i < x.length; i++) {
      const key = this.key(Math.floor(x[i]! / SIDE), Math.floor(y[i]! / SIDE));
      const cell = this.cells.get(key);
      if (cell) cell.push(i);
      else this.cells.set(key, [i]);
    }
  }

  private key(column: number, row: number): number {
    return (row + 2) * 100_000 + column + 2;
  }

  /** The nearest node whose circle, or `slop` around it, holds the point; -1 for none. */
  at(px: number, py: number, radius: (node: number) => number, slop: number, shown: (node: number) => boolean): number {
    const reach = slop + 40;
    let best = -1, least = Infinity;
    const last = Math.min(Math.floor((py + reach) / SIDE), 2000), lastColumn = Math.min(Math.floor((px + reach) / SIDE), 2000);
    for (let row = Math.max(-1, Math.floor((py - reach) / SIDE)); row <= last; row++) {
      for (let column = Math.max(-1, Math.floor((px - reach) / SIDE)); column <= lastColumn; column++) {
        for (const i of this.cells.get(this.key(column, row)) ?? []) {
          if (!shown(i)) continue;
          const far = Math.hypot(this.x[i]! - px, this.y[i]! - py) - radius(i);
          if (far <= slop && far < least) {
            least = far;
            best = i;
          }
        }
      }
    }
    return best;
  }
}
