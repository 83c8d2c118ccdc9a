// Wave after wave: the same places, other ties; what is new, what stayed and what ended since the one before.
import type { App } from "./app";
import type { Data, Ties } from "./data";
import { button, el, fill, say } from "./dom";
import { shorten } from "./labels";
import { t } from "./strings";

const PACE = 1600;

/** Let the content hold the ties of a wave. */
export function turn(data: Data, wave: number): void {
  if (!data.waves.length) return;
  const own = data.tiesIn(wave), before = wave > 0 ? data.tiesIn(wave - 1) : null;
  const keys = (ties: Ties): number[] => Array.from(ties.from, (a, e) => a * data.n + ties.to[e]!);
  const held = keys(own), earlier = before ? keys(before) : [], had = new Set(earlier), has = new Set(held);
  Object.assign(data, own);
  data.fresh = before ? Uint8Array.from(held, (key) => (had.has(key) ? 0 : 1)) : null;
  data.ended = earlier.filter((key) => !has.has(key)).map((key) => [Math.floor(key / data.n), key % data.n]);
}

/** The name of a wave where there is little room. */
function nameOf(data: Data, wave: number): string {
  return shorten(data.waves[wave]!, 16);
}

/** What happened since the wave before, in words. */
export function told(data: Data, wave: number): string {
  const { fresh } = data, begun = fresh ? fresh.reduce((sum, v) => sum + v, 0) : 0;
  const said = fresh
    ? t("wave.said", { wave: nameOf(data, wave), before: nameOf(data, wave - 1), fresh: begun, kept: data.m - begun, ended: data.ended.length })
    : t("wave.first", { wave: nameOf(data, wave), n: data.m });
  return wave === data.current ? said : `${said} ${t("wave.other", { wave: nameOf(data, data.current) })}`;
}

/** The slider with its buttons: play goes on to the last wave, a step at a time, and only when asked. */
export function waveBar(app: App): HTMLElement | null {
  const { data, store } = app, last = data.waves.length - 1;
  if (last < 1) return null;
  const to = (wave: number): void => store.set({ wave: Math.min(Math.max(wave, 0), last), ties: "changes", finding: -1 });
  let timer = 0;
  const stop = (): void => {
    clearInterval(timer);
    timer = 0;
    play.textContent = t("wave.play");
  };
  const slide = el("input", { id: "wave", type: "range", min: 0, max: last, step: 1, "aria-label": t("wave"), oninput: () => {
    stop();
    to(Number(slide.value));
  } });
  const step = (by: number, mark: string, key: string): HTMLButtonElement => button(mark, () => {
    stop();
    to(app.now.wave + by);
  }, { "aria-label": t(key), title: t(key) });
  const back = step(-1, "\u2039", "wave.back"), next = step(1, "\u203a", "wave.next"), name = el("b"), words = el("span", { class: "quiet" });
  const play = button(t("wave.play"), () => {
    if (timer) return stop();
    to(app.now.wave < last ? app.now.wave + 1 : 0);
    play.textContent = t("wave.pause");
    timer = window.setInterval(() => {
      if (app.now.wave < last) to(app.now.wave + 1);
      if (app.now.wave >= last) stop();
    }, PACE);
  });
  const show = (): void => {
    const { wave } = app.now;
    slide.value = String(wave);
    slide.setAttribute("aria-valuetext", data.waves[wave]!);
    back.disabled = wave === 0;
    next.disabled = wave === last;
    fill(name, nameOf(data, wave));
    fill(words, app.now.ties === "changes" || wave !== data.current ? told(data, wave) : "");
  };
  store.listen((now, before) => {
    show();
    if (now.wave !== before.wave) say(told(data, now.wave));
  });
  show();
  return el("div", { class: "waves", role: "group", "aria-label": t("wave") }, back, slide, next, name, play, words);
}
