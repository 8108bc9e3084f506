// Draws a frame with WebGL 2: its points, and over them the boxes.
import { boxes, link, points } from "./shaders.js";

// The twelve edges of a cube, two corners each.
const edges = [];
for (let axis = 0; axis < 3; axis++)
  for (const u of [-1, 1])
    for (const v of [-1, 1])
      for (const end of [-1, 1]) {
        const corner = [0, 0, 0];
        corner[axis] = end;
        corner[(axis + 1) % 3] = u;
        corner[(axis + 2) % 3] = v;
        edges.push(...corner);
      }

export class Renderer {
  points = 0;
  boxes = 0;
  root = 1;

  constructor(canvas) {
    this.canvas = canvas;
    const gl = canvas.getContext("webgl2", { antialias: true, alpha: false });
    if (!gl) throw new Error("this browser has no WebGL 2");
    this.gl = gl;
    this.pointProgram = link(gl, points, ["all", "pixels", "radius", "least", "lit", "range", "map", "back", "accent", "fog"]);
    this.boxProgram = link(gl, boxes, ["all", "root", "accent", "strength"]);
    this.rows = gl.createBuffer();
    this.sizes = gl.createBuffer();
    this.boxRows = gl.createBuffer();
    this.pointArray = this.#array([[this.rows, 0, 4, 0], [this.sizes, 1, 1, 0]]);
    const corners = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, corners);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(edges), gl.STATIC_DRAW);
    this.boxArray = this.#array([[corners, 0, 3, 0], [this.boxRows, 1, 4, 1]]);
    this.map = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.map);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.enable(gl.DEPTH_TEST);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  setColours(bytes) {
    const gl = this.gl;
    gl.bindTexture(gl.TEXTURE_2D, this.map);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  }

  setSizes(sizes) {
    this.sizeCount = sizes.length;
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.sizes);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, sizes, this.gl.STATIC_DRAW);
  }

  setFrame(frame) {
    const gl = this.gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.rows);
    gl.bufferData(gl.ARRAY_BUFFER, frame.pointRows, gl.STREAM_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.boxRows);
    gl.bufferData(gl.ARRAY_BUFFER, frame.boxRows, gl.STREAM_DRAW);
    [this.points, this.boxes, this.root] = [frame.points, frame.boxes, frame.rootHalfWidth];
  }

  /** @param look back, accent, boxColour (three numbers each), range, litPoints (0 to 1), litBoxes. */
  draw(camera, look) {
    const gl = this.gl, ratio = Math.min(2, devicePixelRatio || 1);
    const width = Math.max(1, Math.round(this.canvas.clientWidth * ratio)), height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    if (this.canvas.width !== width || this.canvas.height !== height) [this.canvas.width, this.canvas.height] = [width, height];
    const { all, pixels } = camera.matrices(width, height);
    gl.viewport(0, 0, width, height);
    gl.clearColor(...look.back, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    if (this.points > 0 && this.sizeCount >= this.points) this.#drawPoints(all, pixels, camera, look, ratio);
    if (this.boxes > 0) this.#drawBoxes(all, look);
  }

  #drawPoints(all, pixels, camera, look, ratio) {
    const gl = this.gl, p = this.pointProgram;
    gl.useProgram(p.program);
    gl.uniformMatrix4fv(p.all, false, all);
    gl.uniform1f(p.pixels, pixels);
    // A part of the mean distance of so many points in the ball, but never so large that they hide each other.
    gl.uniform1f(p.radius, camera.radius * Math.min(0.025, 0.15 / Math.cbrt(this.points)));
    gl.uniform1f(p.least, ratio * (this.points > 30000 ? 1.2 : 2));
    gl.uniform1f(p.lit, look.litPoints);
    gl.uniform2f(p.range, look.range.low, 1 / (look.range.high - look.range.low));
    gl.uniform3f(p.back, ...look.back);
    gl.uniform3f(p.accent, ...look.accent);
    gl.uniform2f(p.fog, camera.distance - 0.6 * camera.radius, 1 / (2.2 * camera.radius));
    gl.bindTexture(gl.TEXTURE_2D, this.map);
    gl.bindVertexArray(this.pointArray);
    gl.drawArrays(gl.POINTS, 0, this.points);
  }

  #drawBoxes(all, look) {
    const gl = this.gl, p = this.boxProgram;
    gl.useProgram(p.program);
    gl.uniformMatrix4fv(p.all, false, all);
    gl.uniform1f(p.root, this.root);
    gl.uniform3f(p.accent, ...(look.litBoxes ? look.accent : look.boxColour));
    // Many boxes lie over each other: the more, the fainter.
    gl.uniform1f(p.strength, Math.min(0.9, Math.max(0.14, 9 / Math.sqrt(this.boxes))));
    gl.enable(gl.BLEND);
    gl.depthMask(false);
    gl.bindVertexArray(this.boxArray);
    gl.drawArraysInstanced(gl.LINES, 0, 24, this.boxes);
    gl.depthMask(true);
    gl.disable(gl.BLEND);
  }

  #array(attributes) {
    const gl = this.gl, array = gl.createVertexArray();
    gl.bindVertexArray(array);
    for (const [buffer, place, numbers, divisor] of attributes) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, numbers, gl.FLOAT, false, 0, 0);
      gl.vertexAttribDivisor(place, divisor);
    }
    gl.bindVertexArray(null);
    return array;
  }
}
