import { Panel, type ReactFlowState, useReactFlow, useStoreApi } from '@xyflow/react';
import { memo, type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { boundsOf, looksAlike, paint } from './far/paint.ts';
import type { CanvasNode } from './graph.ts';

const WIDTH = 200;
const HEIGHT = 150;
const MARGIN = 6;

interface OverviewProps {
  nodes: readonly CanvasNode[];
  isDark: boolean;
}

/** Where one is in the drawing, and the way to elsewhere in it. One picture and a frame, whatever is drawn. */
function Overview({ nodes, isDark }: OverviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  const flow = useReactFlow();
  const { x, y, scale } = useMemo(() => {
    const bounds = boundsOf(nodes);
    const fits = Math.min(
      (WIDTH - 2 * MARGIN) / Math.max(1, bounds.width),
      (HEIGHT - 2 * MARGIN) / Math.max(1, bounds.height),
      0.2,
    );
    return {
      scale: fits,
      x: bounds.x - (WIDTH / fits - bounds.width) / 2,
      y: bounds.y - (HEIGHT / fits - bounds.height) / 2,
    };
  }, [nodes]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const dense = devicePixelRatio;
    canvas.current.width = WIDTH * dense;
    canvas.current.height = HEIGHT * dense;
    context.setTransform(scale * dense, 0, 0, scale * dense, -x * scale * dense, -y * scale * dense);
    paint(context, { nodes });
  }, [nodes, x, y, scale, isDark]);
  useEffect(() => {
    const show = ({ transform: [left, top, zoom], width, height }: ReactFlowState): void => {
      if (!frame.current) return;
      frame.current.style.transform = `translate(${(-left / zoom - x) * scale}px, ${(-top / zoom - y) * scale}px)`;
      frame.current.style.width = `${(width / zoom) * scale}px`;
      frame.current.style.height = `${(height / zoom) * scale}px`;
    };
    show(store.getState());
    return store.subscribe(show);
  }, [store, x, y, scale]);
  const goTo = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    const { left, top } = currentTarget.getBoundingClientRect();
    void flow.setCenter(x + (clientX - left) / scale, y + (clientY - top) / scale, { zoom: flow.getZoom() });
  };
  return (
    <Panel position="bottom-right" className="react-flow__minimap">
      <div
        aria-hidden="true"
        className="nopan nowheel relative cursor-pointer touch-none overflow-hidden rounded-md border border-line bg-card"
        style={{ width: WIDTH, height: HEIGHT }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          goTo(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event);
        }}
        onWheel={({ deltaY }) => void flow.zoomTo(flow.getZoom() * 2 ** (-deltaY * 0.002))}
      >
        <canvas ref={canvas} className="size-full" />
        <div ref={frame} className="absolute top-0 left-0 rounded-sm border border-accent bg-accent/10" />
      </div>
    </Panel>
  );
}

export const MiniMap = memo(Overview, (a, b) => a.isDark === b.isDark && looksAlike(a.nodes, b.nodes));
