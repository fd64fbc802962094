import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';

/** Below this zoom nothing can be read. */
export const FAR = 0.35;
/** So long after the last movement the drawing becomes what can be pointed at again. */
const REST_MS = 200;

interface Far {
  /** It rests, and is so far away that its cards are plain and its lines are in the picture. */
  isFar: boolean;
  /** Zoom the picture is drawn for; undefined when none is wanted. */
  pictured: number | undefined;
  onDistance(isFar: boolean): void;
  onMoveStart(): void;
  onMoveEnd(): void;
}

/**
 * What distance does to a drawing: `data-far` hides words, and a large one becomes one picture. While it moves nothing
 * is mounted and nothing is taken away but the attributes.
 */
export function useFar(
  root: RefObject<HTMLDivElement | null>,
  { isLarge, zoomOf }: { isLarge: boolean; zoomOf: () => number },
): Far {
  const [settled, setSettled] = useState(false);
  const [pictured, setPictured] = useState<number>();
  const now = useRef({ isFar: false, isMoving: false, timer: undefined as ReturnType<typeof setTimeout> | undefined });
  useEffect(() => {
    const { current } = now;
    return () => clearTimeout(current.timer);
  }, []);
  const hear = useMemo(() => {
    const state = now.current;
    const settle = (): void => {
      state.isMoving = false;
      root.current?.removeAttribute('data-moving');
      root.current?.toggleAttribute('data-far', state.isFar);
      setSettled(state.isFar);
      setPictured(state.isFar ? zoomOf() : undefined);
    };
    return {
      onDistance(isFar: boolean) {
        state.isFar = isFar;
        if (!state.isMoving) return settle();
        if (!isFar) return;
        root.current?.setAttribute('data-far', '');
        setPictured((before) => before ?? FAR);
      },
      onMoveStart() {
        clearTimeout(state.timer);
        state.isMoving = true;
        root.current?.setAttribute('data-moving', '');
      },
      onMoveEnd() {
        clearTimeout(state.timer);
        state.timer = setTimeout(settle, REST_MS);
      },
    };
  }, [root, zoomOf]);
  return { isFar: isLarge && settled, pictured: isLarge ? pictured : undefined, ...hear };
}
