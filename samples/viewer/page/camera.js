// A camera that goes around a point: by mouse, wheel, touch and keys.
import { add, multiply, perspective, view } from "./matrix.js";

const fieldOfView = 0.72, steepest = 1.54;

export class Camera {
  yaw = 0.6;
  pitch = 0.42;
  distance = 4;
  target = [0, 0, 0];
  radius = 1;
  /** By how much of half the canvas the middle is moved, to the right and up. */
  shift = [0, 0];

  /** @param canvas Whose pointers it follows. @param moved Called after each move. */
  constructor(canvas, moved) {
    this.canvas = canvas;
    this.moved = moved;
    this.pointers = new Map();
    canvas.addEventListener("pointerdown", event => this.#down(event));
    canvas.addEventListener("pointermove", event => this.#move(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) canvas.addEventListener(name, event => this.pointers.delete(event.pointerId));
    canvas.addEventListener("wheel", event => { event.preventDefault(); this.zoom(Math.exp(event.deltaY * 0.0014)); }, { passive: false });
    canvas.addEventListener("contextmenu", event => event.preventDefault());
    canvas.addEventListener("dblclick", () => this.fit());
  }

  turn(right, up) {
    this.yaw -= right;
    this.pitch = Math.min(steepest, Math.max(-steepest, this.pitch + up));
    this.moved();
  }

  zoom(factor) {
    this.distance = Math.min(60 * this.radius, Math.max(0.02 * this.radius, this.distance * factor));
    this.moved();
  }

  /** Moves what is looked at, in pixels of the canvas. */
  pan(x, y) {
    const scale = 2 * this.distance * Math.tan(fieldOfView / 2) / this.canvas.clientHeight, [right, up] = this.#axes();
    this.target = add(add(this.target, right, -x * scale), up, y * scale);
    this.moved();
  }

  /** Shows everything within a radius around the middle. */
  fit(middle = this.middle ?? [0, 0, 0], radius = this.radius) {
    this.middle = middle;
    this.radius = radius;
    this.target = [...middle];
    const aspect = (this.canvas.clientWidth * (1 - Math.abs(this.shift[0]))) / Math.max(1, this.canvas.clientHeight * (1 - Math.abs(this.shift[1])));
    this.distance = radius / Math.sin(fieldOfView / 2) / Math.min(1, aspect) / (1 - Math.abs(this.shift[1]));
    this.moved();
  }

  /** Places to the screen; the second is the pixels that a unit of length has at a unit of distance. */
  matrices(width, height) {
    const [right, up, back] = this.#axes(), eye = add(this.target, back, this.distance);
    const near = this.distance * 0.01, far = this.distance + 30 * this.radius;
    const all = multiply(perspective(fieldOfView, width / height, near, far), view(eye, right, up, back));
    // What is looked at stands in the middle of what no sheet covers.
    for (let column = 0; column < 4; column++) for (const axis of [0, 1]) all[4 * column + axis] += this.shift[axis] * all[4 * column + 3];
    return { all, pixels: height / (2 * Math.tan(fieldOfView / 2)) };
  }

  #axes() {
    const sy = Math.sin(this.yaw), cy = Math.cos(this.yaw), sp = Math.sin(this.pitch), cp = Math.cos(this.pitch);
    return [[cy, -sy, 0], [-sy * sp, -cy * sp, cp], [sy * cp, cy * cp, sp]];
  }

  #down(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  #move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY], x = now[0] - before[0], y = now[1] - before[1];
    if (this.pointers.size === 2) {
      // Two fingers: their middle moves by half of one finger's way, and their distance tells how near.
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
      const length = at => Math.hypot(at[0] - other[0], at[1] - other[1]);
      this.zoom(length(before) / Math.max(1, length(now)));
      this.pan(x / 2, y / 2);
    } else if (event.shiftKey || event.buttons === 2) this.pan(x, y);
    else this.turn(x * 0.006, y * 0.006);
    this.pointers.set(event.pointerId, now);
  }
}
