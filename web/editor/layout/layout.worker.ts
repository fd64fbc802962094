import { arrange } from './arrange.ts';
import type { LayoutRequest } from './boxes.ts';

/** In a worker: the page stays quick meanwhile. */
addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => postMessage(arrange(data)));
