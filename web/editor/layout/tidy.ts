import type { Workflow } from '../../../core/graph/document.ts';
import { startWorker } from '../../ui/worker.ts';
// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import workerUrl from './layout.worker.ts?worker&url';

export interface LayoutRequest {
  nodes: { id: string; width: number; height: number }[];
  edges: { from: string; to: string }[];
}
export type LayoutReply = [id: string, position: [x: number, y: number]][];

const WIDTH = 192;
const ROW = 18;
const MIN_HEIGHT = 48;

/** New places for all nodes, left to right. Computed beside the page, which stays quick. */
export function tidy(
  workflow: Workflow,
  outputs: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, [number, number]>> {
  const worker = startWorker(workerUrl);
  const request: LayoutRequest = {
    nodes: workflow.nodes.map(({ id }) => ({
      id,
      width: WIDTH,
      height: Math.max(MIN_HEIGHT, ((outputs.get(id) ?? 1) + 1) * ROW),
    })),
    edges: workflow.edges.map(({ from, to }) => ({ from: from.node, to: to.node })),
  };
  return new Promise<ReadonlyMap<string, [number, number]>>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<LayoutReply>) => resolve(new Map(data)), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
