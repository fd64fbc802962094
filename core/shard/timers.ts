/** A logical timer. Stale ones are not removed: whoever fires one checks that it still means something. */
export interface Timer {
  at: number;
  run: string;
  kind: 'retry' | 'wait' | 'effect' | 'run' | 'hold';
  /** Step and attempt it was set for. */
  step?: number;
  attempt?: number;
}

/** Binary min-heap by time. */
export class Timers {
  private readonly heap: Timer[] = [];

  get size(): number {
    return this.heap.length;
  }

  peek(): number | undefined {
    return this.heap[0]?.at;
  }

  add(timer: Timer): void {
    const { heap } = this;
    let child = heap.push(timer) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if ((heap[parent] as Timer).at <= timer.at) break;
      heap[child] = heap[parent] as Timer;
      child = parent;
    }
    heap[child] = timer;
  }

  /** Removes and returns the earliest timer that is due. */
  due(now: number): Timer | undefined {
    const [first] = this.heap;
    if (!first || first.at > now) return undefined;
    const last = this.heap.pop() as Timer;
    if (this.heap.length > 0) this.sink(last);
    return first;
  }

  private sink(timer: Timer): void {
    const { heap } = this;
    let parent = 0;
    for (;;) {
      let child = parent * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] as Timer).at < (heap[child] as Timer).at) child++;
      if ((heap[child] as Timer).at >= timer.at) break;
      heap[parent] = heap[child] as Timer;
      parent = child;
    }
    heap[parent] = timer;
  }
}
