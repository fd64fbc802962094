import { type Edge, ViewportPortal } from '@xyflow/react';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import type { CanvasNode } from '../graph.ts';
import { boundsOf, looksAlike, paint } from './paint.ts';

/** Room for the lines that run around the outermost cards. */
const MARGIN = 60;
/** Four bytes each; a drawing that wants more is less sharp. */
const MAX_PIXELS = 4_000_000;

interface PictureProps {
  nodes: readonly CanvasNode[];
  edges: readonly Edge[];
  /** The zoom it is looked at with. */
  zoom: number;
  isDark: boolean;
}

/** The whole drawing as one picture that is moved: what is seen from afar, where a thousand elements would be painted. */
function Drawing({ nodes, edges, zoom, isDark }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { x, y, width, height } = useMemo(() => boundsOf(nodes), [nodes]);
  const [wide, high] = [width + 2 * MARGIN, height + 2 * MARGIN];
  const scale = Math.min(zoom * devicePixelRatio, Math.sqrt(MAX_PIXELS / (wide * high)));
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    canvas.current.width = Math.ceil(wide * scale);
    canvas.current.height = Math.ceil(high * scale);
    context.setTransform(scale, 0, 0, scale, (MARGIN - x) * scale, (MARGIN - y) * scale);
    paint(context, { nodes, edges, thin: 0.8 / scale });
  }, [nodes, edges, scale, x, y, wide, high, isDark]);
  return (
    <ViewportPortal>
      <canvas
        ref={canvas}
        aria-hidden="true"
        className="pointer-events-none absolute -z-10 max-w-none"
        style={{ left: x - MARGIN, top: y - MARGIN, width: wide, height: high }}
      />
    </ViewportPortal>
  );
}

export const Picture = memo(
  Drawing,
  (a, b) => a.edges === b.edges && a.zoom === b.zoom && a.isDark === b.isDark && looksAlike(a.nodes, b.nodes),
);
