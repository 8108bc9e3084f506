// Colour maps in which equal steps of a number look like equal steps of colour.

// Viridis (van der Walt and Smith 2015), at ninths; and Moreland's cool to warm (2009) for numbers of both signs.
const viridis = ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"];
const coolWarm = ["#3b4cc0", "#6282ea", "#8db0fe", "#b8d0f9", "#dddddd", "#f5c4ad", "#f49a7b", "#de604d", "#b40426"];

const channels = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));

function sample(stops, at) {
  const place = Math.min(0.999999, Math.max(0, at)) * (stops.length - 1), i = Math.floor(place), part = place - i;
  const low = channels(stops[i]), high = channels(stops[i + 1]);
  return low.map((value, k) => Math.round(value + part * (high[k] - value)));
}

/** 256 colours, four bytes each. The end that would vanish in the background is cut off. */
export function table(isSigned, isDark) {
  const bytes = new Uint8Array(256 * 4), [from, to] = isSigned ? [0, 1] : isDark ? [0.16, 1] : [0, 0.9];
  for (let i = 0; i < 256; i++) bytes.set([...sample(isSigned ? coolWarm : viridis, from + (to - from) * i / 255), 255], 4 * i);
  return bytes;
}

/** The range that colours span: all but the outermost hundredths, and around 0 where there are both signs. */
export class Range {
  low = 0;
  high = 1;
  isSigned = false;
  #isFresh = true;

  /** Forgets what it knew: other numbers come. */
  reset() { this.#isFresh = true; }

  /** Follows a frame's numbers, not at once, so that colours do not flicker. */
  follow(rows) {
    const count = rows.length / 4, stride = Math.max(1, Math.floor(count / 4000)), some = [];
    for (let i = 0; i < count; i += stride) if (Number.isFinite(rows[4 * i + 3])) some.push(rows[4 * i + 3]);
    if (some.length === 0) return;
    some.sort((a, b) => a - b);
    let low = some[Math.floor(0.01 * (some.length - 1))], high = some[Math.ceil(0.99 * (some.length - 1))];
    if (this.#isFresh) this.isSigned = low < 0 && high > 0 && Math.min(-low, high) > 0.1 * Math.max(-low, high);
    if (this.isSigned) [low, high] = [-Math.max(-low, high), Math.max(-low, high)];
    if (low === high) [low, high] = [low - Math.max(1e-30, Math.abs(low) / 2), high + Math.max(1e-30, Math.abs(high) / 2)];
    const part = this.#isFresh ? 1 : 0.08;
    this.low += part * (low - this.low);
    this.high += part * (high - this.high);
    this.#isFresh = false;
  }
}
