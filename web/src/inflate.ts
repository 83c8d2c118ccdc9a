// DEFLATE (RFC 1951) for browsers without DecompressionStream.
const EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

interface Code {
  count: Uint16Array;
  symbol: Uint16Array;
}

function code(lengths: ArrayLike<number>): Code {
  const count = new Uint16Array(16), symbol = new Uint16Array(lengths.length), next = new Uint16Array(16);
  for (let i = 0; i < lengths.length; i++) count[lengths[i]!]!++;
  count[0] = 0;
  for (let i = 1; i < 16; i++) next[i] = next[i - 1]! + count[i - 1]!;
  for (let i = 0; i < lengths.length; i++) if (lengths[i]) symbol[next[lengths[i]!]!++] = i;
  return { count, symbol };
}

/** Unpack gzip of known size. */
export function inflate(input: Uint8Array): Uint8Array {
  let at = 10, held = 0, bits = 0, end = 0;
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const out = new Uint8Array(view.getUint32(input.length - 4, true));
  const take = (n: number): number => {
    while (bits < n) {
      held |= input[at++]! << bits;
      bits += 8;
    }
    const value = held & ((1 << n) - 1);
    held >>>= n;
    bits -= n;
    return value;
  };
  const decode = ({ count, symbol }: Code): number => {
    let word = 0, first = 0, index = 0;
    for (let length = 1; length < 16; length++) {
      word |= take(1);
      const many = count[length]!;
      if (word - many < first) return symbol[index + word - first]!;
      index += many;
      first = (first + many) << 1;
      word <<= 1;
    }
    throw new Error("not deflate");
  };
  const fixed = code(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
  const fixedFar = code(new Uint8Array(30).fill(5));
  let last = 0;
  while (!last) {
    last = take(1);
    const kind = take(2);
    if (kind === 0) {
      bits = held = 0;
      const length = view.getUint16(at, true);
      out.set(input.subarray(at + 4, at + 4 + length), end);
      at += 4 + length;
      end += length;
      continue;
    }
    let near = fixed, far = fixedFar;
    if (kind === 2) {
      const many = take(5) + 257, distances = take(5) + 1, given = take(4) + 4;
      const lengths = new Uint8Array(320);
      for (let i = 0; i < given; i++) lengths[ORDER[i]!] = take(3);
      const how = code(lengths.subarray(0, 19));
      const all = new Uint8Array(320);
      for (let i = 0; i < many + distances; ) {
        const symbol = decode(how);
        if (symbol < 16) all[i++] = symbol;
        else {
          const value = symbol === 16 ? all[i - 1]! : 0;
          for (let k = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7); k; k--) all[i++] = value;
        }
      }
      near = code(all.subarray(0, many));
      far = code(all.subarray(many, many + distances));
    }
    for (;;) {
      const symbol = decode(near);
      if (symbol < 256) out[end++] = symbol;
      else if (symbol === 256) break;
      else {
        const length = BASE[symbol - 257]! + take(EXTRA[symbol - 257]!);
        const d = decode(far), more = d < 4 ? 0 : (d >> 1) - 1;
        const back = d < 4 ? d + 1 : ((2 + (d & 1)) << more) + 1 + take(more);
        for (let k = 0; k < length; k++, end++) out[end] = out[end - back]!;
      }
    }
  }
  return out;
}
