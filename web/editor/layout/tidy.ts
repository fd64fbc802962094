import type { Workflow } from '../../../core/graph/document.ts';
import { startWorker } from '../../ui/worker.ts';
import { type LayoutReply, type LayoutRequest, places, requestOf } from './boxes.ts';
// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import workerUrl from './layout.worker.ts?worker&url';

/** New places for all nodes, left to right. Computed beside the page, which stays quick. */
export async function tidy(
  workflow: Workflow,
  outputs: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, [number, number]>> {
  const worker = startWorker(workerUrl);
  const request: LayoutRequest = requestOf(workflow, outputs);
  const reply = await new Promise<LayoutReply>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<LayoutReply>) => resolve(data), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    worker.postMessage(request);
  }).finally(() => worker.terminate());
  return places(workflow, reply);
}
