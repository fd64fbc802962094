import { type ApiError, errorFrom } from '../../sdk/client/index.ts';
import { noted } from './reach.ts';

/** That the server does not know who asks any more, or wants them to come another way. */
export interface Refused {
  error: ApiError;
  /** Whether it was open before: then there may be something typed that must stay. */
  wasOpen: boolean;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Requests of one session; tells when one is refused because the session is over. */
export function watchedFetch(onRefused: (why: Refused) => void): Fetch {
  let wasOpen = false;
  return async (url, init) => {
    const response = await noted(fetch(url, init));
    if (response.ok) wasOpen = true;
    if (response.status === 401 || response.status === 403) {
      const error = await errorFrom(response.clone());
      const isOver = response.status === 401 || error.code === 'sso-required';
      if (isOver) onRefused({ error, wasOpen });
    }
    return response;
  };
}
