// The shapes of nodes: as a shader for WebGL, as corners for canvas and SVG. All fit a circle of radius 1.
import { SHAPES } from "./looks.js";

const turned = (corners, turn, radius = 1) =>
  Array.from({ length: corners }, (_, at) => {
    const angle = turn + (at * 2 * Math.PI) / corners;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  });
const star = Array.from({ length: 10 }, (_, at) => {
  const angle = (at * Math.PI) / 5, radius = at % 2 ? 0.5 : 1.15;
  return [radius * Math.sin(angle), -radius * Math.cos(angle)];
});

// Corners on the screen, where y grows downwards; a circle has none.
export const CORNERS = {
  circle: null,
  square: turned(4, Math.PI / 4, 1.2),
  triangle: turned(3, 0, 1.25),
  diamond: turned(4, 0, 1.25),
  star,
  down: turned(3, Math.PI, 1.25),
  hexagon: turned(6, Math.PI / 6, 1.05),
};

export function trace(context, shape, x, y, radius) {
  context.beginPath();
  const corners = CORNERS[shape];
  if (!corners) { context.arc(x, y, radius, 0, 2 * Math.PI); return; }
  corners.forEach(([dx, dy], at) => {
    if (at) context.lineTo(x + dx * radius, y + dy * radius);
    else context.moveTo(x + dx * radius, y + dy * radius);
  });
  context.closePath();
}

export const points = (shape, x, y, radius) =>
  CORNERS[shape].map(([dx, dy]) => `${(x + dx * radius).toFixed(1)},${(y + dy * radius).toFixed(1)}`).join(" ");

const VERTEX = `
attribute vec4 a_id; attribute vec4 a_color; attribute vec2 a_position; attribute float a_size;
attribute float a_shape; attribute float a_angle;
uniform mat3 u_matrix; uniform float u_sizeRatio; uniform float u_correctionRatio;
varying vec4 v_color; varying vec2 v_at; varying float v_shape; varying float v_pixel;
void main() {
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 corner = 2.6 * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + radius * corner, 1)).xy, 0, 1);
  v_at = corner;
  v_shape = a_shape;
  v_pixel = 2.0 * u_correctionRatio / max(radius, 1e-9);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

// Distances to the edge of each shape, below 0 inside; y grows upwards here.
const FRAGMENT = `
precision highp float;
varying vec4 v_color; varying vec2 v_at; varying float v_shape; varying float v_pixel;
float star(vec2 p) {
  vec2 one = vec2(0.809017, -0.587785), other = vec2(-0.809017, -0.587785);
  p.x = abs(p.x);
  p -= 2.0 * max(dot(one, p), 0.0) * one;
  p -= 2.0 * max(dot(other, p), 0.0) * other;
  p = vec2(abs(p.x), p.y - 1.15);
  vec2 side = 0.44 * vec2(0.587785, 0.809017) - vec2(0.0, 1.0);
  return dot(p, vec2(-side.y, side.x)) / length(side);
}
float away(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.849;
  if (v_shape < 2.5) return max(0.866 * q.x + 0.5 * p.y, -p.y) - 0.625;
  if (v_shape < 3.5) return 0.7071 * (q.x + q.y - 1.25);
  if (v_shape < 4.5) return star(p);
  if (v_shape < 5.5) return max(0.866 * q.x - 0.5 * p.y, p.y) - 0.625;
  return max(0.866 * q.x + 0.5 * q.y, q.y) - 0.909;
}
void main() {
  float edge = away(v_at);
  #ifdef PICKING_MODE
  gl_FragColor = edge > 0.0 ? vec4(0.0) : v_color;
  #else
  float inside = clamp(0.5 - edge / v_pixel, 0.0, 1.0);
  float border = clamp(1.5 + edge / v_pixel, 0.0, 1.0);
  gl_FragColor = mix(vec4(0.0), vec4(mix(v_color.rgb, v_color.rgb * v_color.rgb, border), v_color.a), inside);
  #endif
}`;

// The program of sigma that draws all shapes at once, so that the order of nodes is kept.
export function shapeProgram({ NodeProgram, floatColor }) {
  const { UNSIGNED_BYTE, FLOAT, TRIANGLES } = WebGLRenderingContext;
  const float = (name, size) => ({ name, size, type: FLOAT });
  const bytes = (name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });
  return class extends NodeProgram {
    getDefinition() {
      return {
        VERTICES: 3,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLES,
        UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
        ATTRIBUTES: [float("a_position", 2), float("a_size", 1), float("a_shape", 1), bytes("a_color"), bytes("a_id")],
        CONSTANT_ATTRIBUTES: [float("a_angle", 1)],
        CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
      };
    }

    processVisibleItem(index, start, data) {
      const { array } = this;
      array[start] = data.x;
      array[start + 1] = data.y;
      array[start + 2] = data.size;
      array[start + 3] = SHAPES.indexOf(data.shape);
      array[start + 4] = floatColor(data.color);
      array[start + 5] = index;
    }

    setUniforms(params, { gl, uniformLocations }) {
      gl.uniform1f(uniformLocations.u_correctionRatio, params.correctionRatio);
      gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
    }
  };
}
