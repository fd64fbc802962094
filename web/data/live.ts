import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { CallOptions } from '../../sdk/client/index.ts';
import { eventsOf, type StreamEvent } from './event-stream.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Undefined: the stream was opened, and what happened before nobody told. */
type Told = (event: StreamEvent | undefined) => void;

/** A stream that somebody looks at: opened when the first comes, closed when the last leaves or the page is out of sight. */
class Follower {
  private readonly open: (options: CallOptions) => Promise<Response>;
  private readonly listeners = new Set<(isLive: boolean) => void>();
  private readonly readers = new Set<Told>();
  private stopped: AbortController | undefined;
  isLive = false;

  constructor(open: (options: CallOptions) => Promise<Response>) {
    this.open = open;
  }

  add(onLive: (isLive: boolean) => void, read: Told): () => void {
    this.listeners.add(onLive);
    this.readers.add(read);
    if (this.listeners.size === 1) {
      document.addEventListener('visibilitychange', this.seen);
      this.seen();
    }
    onLive(this.isLive);
    return () => {
      this.listeners.delete(onLive);
      this.readers.delete(read);
      if (this.isWanted) return;
      document.removeEventListener('visibilitychange', this.seen);
      this.stop();
    };
  }

  // a browser has few connections to one server: a page that nobody sees holds none
  private readonly seen = (): void => {
    if (document.hidden) this.stop();
    else if (!this.stopped) void this.follow((this.stopped = new AbortController()).signal);
  };

  get isWanted(): boolean {
    return this.listeners.size > 0;
  }

  private stop(): void {
    this.stopped?.abort();
    this.stopped = undefined;
    this.say(false);
  }

  private say(isLive: boolean): void {
    if (isLive === this.isLive) return;
    this.isLive = isLive;
    for (const listener of this.listeners) listener(isLive);
  }

  private async follow(signal: AbortSignal): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        const response = await this.open({ signal });
        pauseMs = FIRST_PAUSE_MS;
        this.say(true);
        this.told(undefined);
        for await (const event of eventsOf(response)) this.told(event);
      } catch {
        // refused, lost or stopped: whoever shows it asks every few seconds meanwhile
      }
      if (signal.aborted) return;
      this.say(false);
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  }

  private told(event: StreamEvent | undefined): void {
    for (const read of this.readers) read(event);
  }
}

const followers = new Map<string, Follower>();

interface Followed {
  /** Names the stream; those who name the same share one. */
  name: string;
  open: (options: CallOptions) => Promise<Response>;
  /** Reads again what the stream told of; `undefined` among the events: anything may have changed. */
  onTold: (queries: QueryClient, events: readonly (StreamEvent | undefined)[]) => void;
  /** Once at once, and then not again for so long. */
  everyMs: number;
  isOff?: boolean;
}

/** Follows a stream of events. False: it cannot be followed now, so poll. */
export function useFollowed({ name, open, onTold, everyMs, isOff = false }: Followed): boolean {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const opened = useEffectEvent((options: CallOptions) => open(options));
  const told = useEffectEvent((events: readonly (StreamEvent | undefined)[]) => onTold(queries, events));
  useEffect(() => {
    if (isOff) return setLive(false);
    let follower = followers.get(name);
    if (!follower) followers.set(name, (follower = new Follower((options) => opened(options))));
    let waiting: (StreamEvent | undefined)[] = [];
    let due: ReturnType<typeof setTimeout> | undefined;
    let lastAt = 0;
    const leave = follower.add(setLive, (event) => {
      waiting.push(event);
      due ??= setTimeout(
        () => {
          due = undefined;
          lastAt = Date.now();
          told(waiting);
          waiting = [];
        },
        Math.max(0, lastAt + everyMs - Date.now()),
      );
    });
    return () => {
      clearTimeout(due);
      leave();
      // the next is opened for whoever is here then
      if (!follower.isWanted) followers.delete(name);
    };
  }, [name, everyMs, isOff]);
  return isLive;
}
