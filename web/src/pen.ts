// A canvas that keeps what is drawn on it as elements, so that the drawing taken along is the picture on the screen.
import { svg } from "./dom";

const round = (v: number): string => String(Math.round(v * 10) / 10);

/** As much of a 2D context as the picture and its names use. */
export class Pen {
  globalAlpha = 1;
  fillStyle = "";
  strokeStyle = "";
  lineWidth = 1;
  font = "";
  private path = "";
  private dash: readonly number[] = [];

  constructor(readonly root: SVGElement) {}

  beginPath(): void {
    this.path = "";
  }

  moveTo(x: number, y: number): void {
    this.path += `M${round(x)} ${round(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.path += `L${round(x)} ${round(y)}`;
  }

  /** The whole circle: the picture has no other arcs. */
  arc(x: number, y: number, r: number): void {
    const own = round(r), wide = round(2 * r);
    this.path += `M${round(x - r)} ${round(y)}a${own} ${own} 0 1 0 ${wide} 0a${own} ${own} 0 1 0 -${wide} 0`;
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path += `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
  }

  closePath(): void {
    this.path += "z";
  }

  setLineDash(dash: readonly number[]): void {
    this.dash = dash;
  }

  fill(): void {
    this.put("path", { d: this.path, fill: this.fillStyle, "fill-opacity": this.globalAlpha });
  }

  stroke(): void {
    if (this.path) this.put("path", { d: this.path, fill: "none", stroke: this.strokeStyle, "stroke-opacity": this.globalAlpha, "stroke-width": this.lineWidth, "stroke-dasharray": this.dash.join(" ") || null });
  }

  /** The halo stands with the letters it is drawn around. */
  strokeText(): void {}

  fillText(text: string, x: number, y: number): void {
    const [weight, size] = this.font.split(" ");
    const words = this.put("text", { x: round(x), y: round(y + 3.4), "font-weight": weight, "font-size": size, fill: this.fillStyle, stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-opacity": 0.85, "paint-order": "stroke" });
    words.textContent = text;
  }

  private put(tag: string, props: Record<string, unknown>): SVGElement {
    const made = svg(tag, props);
    this.root.append(made);
    return made;
  }
}
