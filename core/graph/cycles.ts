/** Strongly connected parts of a directed graph that contain a cycle, by Tarjan with an explicit stack. */
export function cyclesOf(targets: readonly (readonly number[])[]): number[][] {
  const order = new Int32Array(targets.length).fill(-1);
  const low = new Int32Array(targets.length);
  const next = new Int32Array(targets.length);
  const open = new Uint8Array(targets.length);
  const component: number[] = [];
  const found: number[][] = [];
  let counter = 0;

  const enter = (node: number, path: number[]): void => {
    order[node] = low[node] = counter++;
    open[node] = 1;
    component.push(node);
    path.push(node);
  };
  const lower = (node: number, value: number): void => {
    if (value < (low[node] ?? 0)) low[node] = value;
  };

  for (let root = 0; root < targets.length; root++) {
    if (order[root] !== -1) continue;
    const path: number[] = [];
    enter(root, path);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const target = targets[node]?.[next[node] ?? 0];
      if (target !== undefined) {
        next[node] = (next[node] ?? 0) + 1;
        if (order[target] === -1) enter(target, path);
        else if (open[target]) lower(node, order[target] ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent, low[node] ?? 0);
      if (low[node] !== order[node]) continue;
      const members = component.splice(component.lastIndexOf(node));
      for (const member of members) open[member] = 0;
      if (members.length > 1 || targets[node]?.includes(node)) found.push(members);
    }
  }
  return found;
}
