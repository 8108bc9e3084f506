// Puts the parts together: messages of the run come in, wishes go out, and each new frame or move of the camera is drawn once.
import { Camera } from "./camera.js";
import { LineChart, TimeChart, seconds, short } from "./charts.js";
import { Range, table } from "./colours.js";
import { Controls } from "./controls.js";
import { Renderer } from "./renderer.js";
import { Socket } from "./socket.js";
import { Systems } from "./systems.js";
import { Theme } from "./theme.js";

const find = id => document.getElementById(id), canvas = find("points");
const renderer = new Renderer(canvas), camera = new Camera(canvas, () => draw()), range = new Range(), times = new TimeChart(find("times"));
const theme = new Theme(() => { paint(); draw(); redrawCharts(); });
let scene = null, state = { paused: false, over: false, limit: 0 }, frame = null, waiting = null, undrawn = 0, isAsked = false, isOpen = false;
let number = 0, level = -1, lit = null, fitted = -1, frames = 0, lines = [];

const socket = new Socket({
  link(open, wait) {
    isOpen = open;
    undrawn = 0;
    if (open) wish();
    showLink(wait);
  },
  scene(message) {
    const isOther = scene?.name !== message.name;
    scene = message;
    document.title = `${message.name} – Fmm Engine`;
    find("scene").textContent = message.name;
    if (isOther) number = 0;
    find("number").replaceChildren(...message.numbers.map((one, i) => new Option(one.name, i, i === number, i === number)));
    systems.set(message.systems);
    times.reset();
    const deepest = Math.floor(Math.log2(message.systems.reduce((all, one) => (all | one.levels) >>> 0, 1)));
    find("level").max = deepest;
    find("invariants").replaceChildren(...message.invariants.map(invariantRow));
    lines = [...find("invariants").querySelectorAll("canvas")].map(one => new LineChart(one));
    range.reset();
    fitted = isOther ? -1 : fitted;
  },
  state(message) {
    state = message;
    controls.show(message);
    showLink(0);
  },
  statistics(message) {
    if (!scene) return;
    times.add(scene.systems.map(one => one.name), message.systems);
    systems.update(message.systems);
    find("secondsText").textContent = `${seconds(message.seconds)} · ${short(message.rate)} / s`;
    message.invariants.forEach((value, i) => {
      lines[i]?.add(value ?? NaN);
      const told = find("invariants").querySelectorAll("output")[i];
      if (told) told.textContent = short(value ?? NaN);
    });
  },
  sizes(message) {
    renderer.setSizes(message.sizes);
    draw();
  },
  frame(message) {
    waiting = message;
    undrawn++;
    draw();
  },
});

const systems = new Systems(find("systems"), system => { lit = system; wish(); draw(); });
const controls = new Controls(camera, {
  pause: () => { if (!state.over) socket.send({ do: "pause", value: !state.paused }); },
  step: () => { if (!state.over) socket.send({ do: "step" }); },
  restart: () => socket.send({ do: "restart" }),
  limit: value => socket.send({ do: "limit", value }),
  number: value => { number = value; range.reset(); wish(); },
  level: value => { level = value; find("levelText").textContent = value < 0 ? "none" : `level ${value}`; wish(); },
  still, theme: () => theme.next(),
});

/** Tells the run what this page wants to see: a number, and the boxes of the slider's level and of the system pointed at. */
function wish() {
  socket.send({ do: "show", colour: number, levels: ((level >= 0 ? 1 << level : 0) | (lit?.levels ?? 0)) >>> 0 });
}

function draw() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    if (waiting) take();
    renderer.draw(camera, { ...theme.colours, range, litPoints: lit?.points ? 1 : 0, litBoxes: Boolean(lit?.levels) });
    // The run sends the next frame when one of those on their way is drawn.
    for (; undrawn > 0; undrawn--) socket.send({ do: "drawn" });
  });
}

function take() {
  frame = waiting;
  waiting = null;
  if (frame.number === number) range.follow(frame.pointRows);
  renderer.setFrame(frame);
  paint();
  if (fitted < 0) fit();
  frames++;
  Object.assign(document.documentElement.dataset, { frames, step: frame.step, run: frame.run, boxes: frame.boxes, points: frame.points });
  find("facts").textContent = `${frame.points.toLocaleString("en")} points · step ${frame.step}${scene ? ` of ${scene.steps}` : ""} · time ${short(frame.time)}`;
}

/** Points the camera at where most points are: a few may be far out. */
function fit() {
  const rows = frame.pointRows, count = frame.points, stride = Math.max(1, Math.floor(count / 3000)), middle = [0, 0, 0], far = [];
  if (count === 0) return;
  let some = 0;
  for (let i = 0; i < count; i += stride, some++) for (let k = 0; k < 3; k++) middle[k] += rows[4 * i + k];
  for (let k = 0; k < 3; k++) middle[k] /= some;
  for (let i = 0; i < count; i += stride) far.push(Math.hypot(rows[4 * i] - middle[0], rows[4 * i + 1] - middle[1], rows[4 * i + 2] - middle[2]));
  far.sort((a, b) => a - b);
  camera.fit(middle, 1.15 * far[Math.floor(0.97 * (far.length - 1))] || 1);
  fitted = 1;
}

let painted = "";
function paint() {
  const key = `${range.isSigned} ${theme.isDark}`;
  if (painted !== key) {
    painted = key;
    const bytes = table(range.isSigned, theme.isDark), legend = find("legend");
    renderer.setColours(bytes);
    [legend.width, legend.height] = [256, 1];
    legend.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(bytes), 256, 1), 0, 0);
  }
  find("low").textContent = short(range.low);
  find("high").textContent = short(range.high);
  find("unit").textContent = scene?.numbers[number]?.unit ?? "";
}

function redrawCharts() {
  times.draw();
  for (const line of lines) line.draw();
}

function invariantRow({ name, kind }) {
  const row = document.createElement("div"), head = document.createElement("h2"), told = document.createElement("output"), chart = document.createElement("canvas");
  const words = name.replaceAll("_", " ");
  head.append(words[0].toUpperCase() + words.slice(1), told);
  chart.className = "chart";
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", `${words}, ${kind === "drift" ? "relative to the start, " : ""}over the last steps`);
  row.append(head, chart);
  return row;
}

function showLink(wait) {
  const [link, words] = !isOpen ? ["waiting", wait > 0 ? `cut; again in ${(wait / 1000).toFixed(1)} s` : "connecting"]
    : state.over ? ["over", "done"] : state.paused ? ["paused", "paused"] : ["running", "running"];
  find("link").dataset.link = link;
  find("linkText").textContent = words;
}

/** Saves what is drawn; drawn in the same turn, for the canvas keeps nothing. */
function still() {
  renderer.draw(camera, { ...theme.colours, range, litPoints: 0, litBoxes: false });
  canvas.toBlob(blob => {
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(blob);
    anchor.download = `${scene?.name ?? "scene"}-${String(frame?.step ?? 0).padStart(6, "0")}.png`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
  }, "image/png");
}

addEventListener("resize", () => { draw(); redrawCharts(); });
// What tests take hold of: to cut the socket as a network would.
globalThis.fmm = { cut: () => socket.cut() };
