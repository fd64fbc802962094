import type { Page } from 'playwright-core';

/** What was looked at, by look: what is drawn by the same classes shows its focus alike on every page. */
const known = new Set<string>();

/** What does not show that it has the focus, or in a colour like what is behind it. Leaves nothing focused. */
export async function unmarked(page: Page, look: string): Promise<string[]> {
  const { looked, found } = await page.evaluate(lookForMarks, { look, before: [...known] });
  for (const each of looked) known.add(each);
  return found;
}

/** Runs in the page. */
function lookForMarks({ look, before }: { look: string; before: string[] }): { looked: string[]; found: string[] } {
  /** WCAG 2.2, 1.4.11: against what is beside it. */
  const LEAST_CONTRAST = 3;
  const seen = new Set(before);
  const [looked, found]: [string[], string[]] = [[], []];
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const bytesOf = (colour: string): number[] => {
    if (!pen) throw new Error('no canvas');
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const lightOf = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = bytesOf(colour).map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [darker = 0, lighter = 0] = [lightOf(one), lightOf(other)].toSorted((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  };
  const behind = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if ((bytesOf(backgroundColor)[3] ?? 0) > 250) return backgroundColor;
    }
    return 'Canvas';
  };
  const isMarked = (element: Element): boolean => {
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(element);
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 1) return false;
    const isInside = Number.parseFloat(outlineOffset) < 0;
    return contrast(outlineColor, behind(isInside ? element : element.parentElement)) >= LEAST_CONTRAST;
  };
  const all = document.querySelectorAll<HTMLElement>(
    'a[href], button:not(:disabled), input:not(:disabled), textarea, summary, [tabindex="0"]',
  );
  for (const each of all) {
    const { top, left } = each.getBoundingClientRect();
    const shape = `${look} ${each.tagName} ${each.getAttribute('type')} ${each.className} ${each.parentElement?.className}`;
    const isHidden = each.closest('[inert], [aria-hidden=true], .react-flow') !== null || !each.checkVisibility();
    if (seen.has(shape) || isHidden || top > innerHeight || left > innerWidth) continue;
    seen.add(shape);
    looked.push(shape);
    each.focus({ preventScroll: true });
    // what keeps the focus to itself, and what the browser marks for keys alone
    if (document.activeElement !== each || !each.matches(':focus-visible')) continue;
    const around = [
      each,
      each.parentElement,
      each.parentElement?.parentElement,
      ...(each.closest('label')?.children ?? []),
    ];
    if (!around.some((one) => one && isMarked(one))) found.push(each.outerHTML.slice(0, 200));
  }
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  return { looked, found };
}
