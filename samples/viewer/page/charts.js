// Small charts over the last minutes, on canvases of their own.
import { resolve } from "./theme.js";

const kept = 240;

/** A number in few digits. */
export function short(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  return size === 0 ? "0" : size >= 1e5 || size < 1e-3 ? value.toExponential(1).replace("e+", "e") : Number(value.toPrecision(3)).toString();
}

/** Seconds with a unit that fits. */
export function seconds(value) {
  return value < 1e-3 ? `${(1e6 * value).toFixed(0)} µs` : value < 1 ? `${(1e3 * value).toPrecision(3)} ms` : `${value.toPrecision(3)} s`;
}

class Chart {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
  }

  /** Clears the canvas and gives its size in pixels of the page. */
  begin() {
    const ratio = devicePixelRatio || 1, width = this.canvas.clientWidth, height = this.canvas.clientHeight;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.scale(ratio, ratio);
    this.context.font = "11px system-ui, sans-serif";
    return [width, height];
  }

  colour(name) { return resolve(name); }
}

/** One number over the steps, with its extremes. */
export class LineChart extends Chart {
  #values = [];

  add(value) {
    if (!Number.isFinite(value)) return;
    this.#values.push(value);
    if (this.#values.length > kept) this.#values.shift();
    this.draw();
  }

  reset() { this.#values = []; }

  draw() {
    const [width, height] = this.begin(), g = this.context, values = this.#values;
    if (values.length === 0) return;
    let low = Math.min(...values), high = Math.max(...values);
    if (low === high) [low, high] = [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
    const top = 14, bottom = height - 3, left = 0, right = width - 5;
    const x = i => left + (right - left) * (values.length === 1 ? 1 : i / (values.length - 1)), y = value => bottom - (bottom - top) * (value - low) / (high - low);
    g.strokeStyle = this.colour("--track");
    g.lineWidth = 1;
    g.beginPath();
    for (const line of [top, bottom]) { g.moveTo(0, line + 0.5); g.lineTo(width, line + 0.5); }
    g.stroke();
    g.beginPath();
    values.forEach((value, i) => i === 0 ? g.moveTo(x(i), y(value)) : g.lineTo(x(i), y(value)));
    g.strokeStyle = this.colour("--accent");
    g.lineWidth = 1.6;
    g.lineJoin = "round";
    g.stroke();
    g.lineTo(x(values.length - 1), bottom);
    g.lineTo(x(0), bottom);
    g.globalAlpha = 0.12;
    g.fillStyle = this.colour("--accent");
    g.fill();
    g.globalAlpha = 1;
    g.beginPath();
    g.arc(x(values.length - 1), y(values.at(-1)), 2.6, 0, 2 * Math.PI);
    g.fill();
    g.fillStyle = this.colour("--faint");
    g.fillText(`${short(low)} to ${short(high)}`, 0, 10);
  }
}

// Eight hues that stay apart in light and dark, and grey for all the rest.
const hues = ["#4c78e0", "#e58a3a", "#46a86b", "#d0527b", "#8a66d6", "#2fa9b8", "#b39a2f", "#7d8597"];

/** Time by system, stacked: the seven that take most, and the rest. */
export class TimeChart extends Chart {
  #rows = [];

  reset() { this.#rows = []; }

  add(names, times) {
    this.names = names;
    this.#rows.push(times);
    if (this.#rows.length > kept) this.#rows.shift();
    this.draw();
  }

  draw() {
    const [width, height] = this.begin(), g = this.context, rows = this.#rows;
    if (rows.length === 0) return;
    const mean = this.names.map((_, i) => rows.reduce((sum, row) => sum + row[i], 0));
    const order = mean.map((_, i) => i).sort((a, b) => mean[b] - mean[a]), chosen = order.slice(0, 7), rest = order.slice(7);
    const top = 28, most = Math.max(...rows.map(row => row.reduce((sum, one) => sum + one, 0))) || 1;
    const x = i => rows.length === 1 ? (i > 0 ? width : 0) : width * i / (rows.length - 1);
    let base = rows.map(() => 0);
    [...chosen.map(i => [i]), rest].forEach((group, k) => {
      const next = base.map((from, i) => from + group.reduce((sum, one) => sum + rows[i][one], 0));
      g.beginPath();
      const line = values => values.length === 1 ? [values[0], values[0]] : values;
      line(next).forEach((value, i) => g.lineTo(x(i), height - (height - top) * value / most));
      line(base).map((value, i) => [value, i]).reverse().forEach(([value, i]) => g.lineTo(x(i), height - (height - top) * value / most));
      g.fillStyle = hues[k];
      g.fill();
      base = next;
    });
    this.#words(g, chosen.slice(0, 5).map(i => this.names[i]), width);
  }

  #words(g, names, width) {
    let at = 0, line = 9;
    names.forEach((name, k) => {
      const length = g.measureText(name).width + 20;
      if (at + length > width && line < 20) [at, line] = [0, line + 13];
      if (at + length > width) return;
      g.fillStyle = hues[k];
      g.fillRect(at, line - 7, 8, 8);
      g.fillStyle = this.colour("--faint");
      g.fillText(name, at + 11, line);
      at += length;
    });
  }
}
