// The networks of networks: where the members of an opened one stand within its circle.
import type { Data } from "./data";

/** Where the members of an opened network stand: as on the map, drawn together to fit its circle. */
export function inside(data: Data, g: number): { x: Float32Array; y: Float32Array; members: number[] } {
  const c = data.networks!, members = c.members[g]!, x = new Float32Array(members.length), y = new Float32Array(members.length);
  let mx = 0, my = 0, far = 1;
  for (const i of members) {
    mx += data.x[i]! / members.length;
    my += data.y[i]! / members.length;
  }
  for (const i of members) far = Math.max(far, Math.hypot(data.x[i]! - mx, data.y[i]! - my));
  members.forEach((i, at) => {
    x[at] = c.x[g]! + ((data.x[i]! - mx) / far) * c.radius[g]! * 0.84;
    y[at] = c.y[g]! + ((data.y[i]! - my) / far) * c.radius[g]! * 0.84;
  });
  return { x, y, members };
}
