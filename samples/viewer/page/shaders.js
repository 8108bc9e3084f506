// The programs that draw: points as little balls, boxes as their twelve edges.

export const points = {
  vertex: `#version 300 es
    layout(location = 0) in vec4 row;      // place, number
    layout(location = 1) in float weight;  // of the point, 1 the heaviest
    uniform mat4 all;
    uniform float pixels, radius, least, lit;
    uniform vec2 range;                    // lowest number, one over the width
    out float shade;
    out float depth;
    flat out float size;
    void main() {
      gl_Position = all * vec4(row.xyz, 1.0);
      size = clamp(2.0 * radius * (0.35 + 0.65 * weight) * (1.0 + 0.35 * lit) * pixels / gl_Position.w, least, 96.0);
      gl_PointSize = size;
      shade = (row.w - range.x) * range.y;
      depth = gl_Position.w;
    }`,
  fragment: `#version 300 es
    precision highp float;
    uniform sampler2D map;
    uniform vec3 back, accent;
    uniform float lit;
    uniform vec2 fog;                      // nearest, one over the depth of the scene
    in float shade;
    in highp float depth;
    flat in float size;
    out vec4 colour;
    void main() {
      vec2 at = 2.0 * gl_PointCoord - 1.0;
      float square = dot(at, at);
      if (size > 2.5 && square > 1.0) discard;
      // A ball lit from above left, where it is large enough to be one.
      float ball = size > 4.0 ? 0.62 + 0.38 * (sqrt(max(0.0, 1.0 - square)) * 0.8 - 0.35 * (at.x + at.y) * 0.7) : 1.0;
      vec3 own = texture(map, vec2(clamp(shade, 0.002, 0.998), 0.5)).rgb;
      own = mix(own, accent, 0.75 * lit) * clamp(ball, 0.45, 1.1);
      float far = clamp((depth - fog.x) * fog.y, 0.0, 1.0);
      colour = vec4(mix(own, back, 0.5 * far * (1.0 - lit)), 1.0);
    }`,
};

export const boxes = {
  vertex: `#version 300 es
    layout(location = 0) in vec3 corner;
    layout(location = 1) in vec4 box;      // centre, half width
    uniform mat4 all;
    uniform float root;
    out float level;
    void main() {
      gl_Position = all * vec4(box.xyz + box.w * corner, 1.0);
      level = log2(root / box.w);
    }`,
  fragment: `#version 300 es
    precision highp float;
    uniform vec3 accent;
    uniform float strength;
    in float level;
    out vec4 colour;
    void main() {
      float alpha = strength / (1.0 + 0.25 * level);
      colour = vec4(accent * alpha, alpha);
    }`,
};

/** Compiles and links one. */
export function link(gl, { vertex, fragment }, uniforms) {
  const program = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
  return { program, ...Object.fromEntries(uniforms.map(name => [name, gl.getUniformLocation(program, name)])) };
}
