const SAID_MS = 2_000;
let place: HTMLElement | undefined;

/** In the page before anything is said in it, and read out while a dialog hides the rest: react-aria knows the attribute. */
function placeOf(): HTMLElement {
  if (place?.isConnected) return place;
  place = document.createElement('div');
  place.className = 'sr-only';
  place.setAttribute('aria-live', 'polite');
  place.dataset['liveAnnouncer'] = 'true';
  document.body.append(place);
  return place;
}

/**
 * Says something to who listens to the page rather than looks at it.
 * @param delayMs Until then it can be taken back by what is returned.
 */
export function announce(textOf: () => string, delayMs: number): () => void {
  const here = placeOf();
  const begin = setTimeout(() => {
    const text = textOf();
    here.textContent = text;
    setTimeout(() => {
      if (here.textContent === text) here.textContent = '';
    }, SAID_MS);
  }, delayMs);
  return () => clearTimeout(begin);
}
