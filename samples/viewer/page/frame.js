// How messages of numbers lie in their bytes; samples/viewer/FrameLayout.cs writes them.

const frame = 0x564d4d46, sizes = 0x534d4d46, version = 1, head = 80;

/** A frame, the sizes of points, or null for what this page does not know. */
export function read(buffer) {
  const data = new DataView(buffer);
  if (data.byteLength < 12 || data.getUint32(4, true) !== version) return null;
  const kind = data.getUint32(0, true), points = data.getInt32(8, true);
  if (kind === sizes) return { kind: "sizes", sizes: new Float32Array(buffer, 12, points) };
  if (kind !== frame) return null;
  const boxes = data.getInt32(12, true);
  return {
    kind: "frame", points, boxes,
    step: data.getFloat64(16, true), time: data.getFloat64(24, true),
    rootHalfWidth: data.getFloat32(56, true), low: data.getFloat32(60, true), high: data.getFloat32(64, true),
    number: data.getInt32(68, true), run: data.getInt32(72, true), dropped: data.getInt32(76, true),
    pointRows: new Float32Array(buffer, head, 4 * points), boxRows: new Float32Array(buffer, head + 16 * points, 4 * boxes),
  };
}
