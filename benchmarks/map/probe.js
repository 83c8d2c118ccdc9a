// Runs in each measured page before its own scripts: counts frames, looks at what the canvases hold, notes when it changes.
(() => {
  const clock = performance.now.bind(performance), frame = requestAnimationFrame.bind(window);
  const scratch = new OffscreenCanvas(1, 1), pen = scratch.getContext("2d", { willReadFrequently: true });
  const STILL = 2500, HALF = 0.5;
  let counting = false, frames = 0, last = 0, kept = null, held = null;

  for (const kind of ["pointerup", "wheel"]) addEventListener(kind, (event) => (last = event.timeStamp), { capture: true, passive: true });

  const canvases = () => [...document.querySelectorAll("canvas")].map((canvas) => [canvas, canvas.getBoundingClientRect()]).filter(([c, r]) => c.width && c.height && r.width && r.height);
  const area = ([, r]) => r.width * r.height;
  /** Where the largest canvas is, in whole CSS pixels of the window. */
  const box = () => {
    const all = canvases();
    if (!all.length) return null;
    const r = all.reduce((a, b) => (area(b) > area(a) ? b : a))[1];
    const x = Math.max(0, Math.ceil(r.left)), y = Math.max(0, Math.ceil(r.top));
    return { x, y, width: Math.floor(Math.min(innerWidth, r.right)) - x, height: Math.floor(Math.min(innerHeight, r.bottom)) - y };
  };
  /** The pixels of all canvases, one over the other as they lie. */
  const pixels = (scale) => {
    const b = box();
    if (!b || b.width < 1 || b.height < 1) return null;
    scratch.width = Math.round(b.width * scale);
    scratch.height = Math.round(b.height * scale);
    pen.imageSmoothingEnabled = false;
    for (const [canvas, r] of canvases()) pen.drawImage(canvas, (r.left - b.x) * scale, (r.top - b.y) * scale, r.width * scale, r.height * scale);
    const { data } = pen.getImageData(0, 0, scratch.width, scratch.height);
    return { width: scratch.width, height: scratch.height, of: new Uint32Array(data.buffer) };
  };
  const sum = (picture) => {
    let h = 2166136261;
    if (picture) for (const v of picture.of) h = Math.imul(h ^ v, 16777619);
    return h;
  };
  /** The commonest colour, of 32 steps in each channel, and how many pixels have it. */
  const step = (v) => v >> 3 & 31 | v >> 6 & 992 | v >> 9 & 31744;
  const ground = (picture) => {
    const seen = new Uint32Array(1 << 15);
    for (const v of picture.of) seen[step(v)]++;
    const most = seen.reduce((a, b) => Math.max(a, b));
    return [seen.indexOf(most), most];
  };
  const far = (a, b) => Math.abs((a & 255) - (b & 255)) + Math.abs((a >> 8 & 255) - (b >> 8 & 255)) + Math.abs((a >> 16 & 255) - (b >> 16 & 255)) + Math.abs((a >>> 24) - (b >>> 24));

  /** Share of pixels that are not of the commonest colour; 0 for a picture of one colour or none. */
  const ink = () => {
    const picture = pixels(HALF);
    return picture ? 1 - ground(picture)[1] / picture.of.length : 0;
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "netmap-ready") {
      benchReady();
      bench.inkWhenReady = ink();
    }
  }).observe({ type: "mark", buffered: true });

  const bench = {
    inkWhenReady: null,
    count() {
      frames = 0;
      counting = true;
      const next = () => {
        if (!counting) return;
        frames++;
        frame(next);
      };
      frame(next);
    },
    counted() {
      counting = false;
      return frames;
    },
    /** Looks after each frame, once it is drawn, until nothing has changed for a while; tell() gives what was seen. */
    watch(most) {
      const begin = clock(), port = new MessageChannel(), changes = [];
      let before = sum(pixels(HALF)), looked = begin, still = 0;
      last = 0;
      held = new Promise((done) => {
        port.port1.onmessage = () => {
          looked = clock();
          const now = sum(pixels(HALF));
          if (now !== before) {
            changes.push(looked);
            still = 0;
          } else still++;
          before = now;
          const since = Math.max(changes.at(-1) ?? begin, last);
          const over = looked - begin > most;
          // A page that is silent for long draws few frames: it has to be given some, not only time.
          if (over || (looked - since > STILL && still > 4)) done({ last, over, changes });
          else frame(() => port.port2.postMessage(0));
        };
        frame(() => port.port2.postMessage(0));
      });
    },
    act(what) {
      last = clock();
      what();
    },
    /** Seconds from the last event to the first and to the last change after it; null where nothing changed. */
    async tell() {
      const { last: from, over, changes } = await held, after = changes.filter((at) => at >= from).map((at) => (at - from) / 1000);
      return { first: after[0] ?? null, final: after.at(-1) ?? null, over };
    },
    /** Keeps the picture, and says where it is plainest, near the middle: a place to drag without dragging a node. */
    keep() {
      kept = pixels(HALF);
      const { width, height } = kept, b = box(), [plain] = ground(kept);
      let best = Infinity, x = 0, y = 0;
      for (let v = Math.round(height * 0.3); v < height * 0.7; v += 3) for (let u = Math.round(width * 0.3); u < width * 0.7; u += 3) {
        let worse = Math.hypot(u / width - 0.5, v / height - 0.5);
        for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) worse += Number(step(kept.of[(v + dy) * width + u + dx]) !== plain);
        if (worse < best) [best, x, y] = [worse, u, v];
      }
      return { ...b, plain: { x: b.x + x / HALF, y: b.y + y / HALF } };
    },
    /** Whether the kept picture, moved by (dx, dy), is the one now: its difference over that of the two unmoved. */
    compare(dx, dy) {
      const now = pixels(HALF), { width, height } = now, right = Math.round(dx * HALF), down = Math.round(dy * HALF);
      let moved = 0, unmoved = 0;
      if (width !== kept.width || height !== kept.height) return null;
      for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) for (let x = Math.max(0, right); x < Math.min(width, width + right); x++) {
        const at = y * width + x, v = now.of[at];
        unmoved += far(v, kept.of[at]);
        moved += far(v, kept.of[at - down * width - right]);
      }
      return unmoved ? moved / unmoved : null;
    },
  };
  window.bench = bench;
})();
