// Every word the page says comes through here, from one file a language that lies in the content of the page.
type Values = Record<string, string | number>;
let words: Record<string, string> = {};
export const language = "en-GB";
const whole = new Intl.NumberFormat(language);
const figures = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });

/** Take the words of a language. */
export function speak(own: Record<string, string>): void {
  words = own;
}

/** The words of a key, with {names} filled in; numbers are written as the language does. */
export function t(key: string, values: Values = {}): string {
  const text = words[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : (value ?? "");
  });
}

/** Whether there are words for a key. */
export function has(key: string): boolean {
  return key in words;
}

/** The words for one or for several: keys end in .one and .many. */
export function tn(key: string, count: number, values: Values = {}): string {
  return t(`${key}.${count === 1 ? "one" : "many"}`, { n: count, ...values });
}

/** A number as people write it: whole ones in full, others in three figures. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return t("undefined");
  return Number.isInteger(value) || Math.abs(value) >= 1000 ? whole.format(Math.round(value)) : figures.format(value);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** A list in a sentence: a, b and c. */
export function listing(items: readonly string[], most = items.length): string {
  const shown = items.slice(0, most);
  if (items.length > most) shown.push(t("more", { n: items.length - most }));
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} ${t("and")} ${shown[shown.length - 1]}`;
}

/** What people type and what a name holds, alike: no case, no accents. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
