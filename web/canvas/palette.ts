import { isHexColor } from '../../core/graph/color.ts';

/** Colours of groups and notes, by the numbers that documents hold: 1 to 7 as in n8n's notes, 0 the app's own. Notes of n8n may hold any other, too. */
const HUES = ['var(--c-accent)', '#d9a521', '#c7762e', '#c04a42', '#3f8f57', '#2f7fb8', '#8a63c9', '#75828a'] as const;

/** Of a note that says none: yellow, as in n8n. */
export const NOTE_COLOR = 1;

export const COLORS: readonly number[] = HUES.map((_, index) => index);

/** In CSS. What is no colour is the app's own, whoever wrote it: a peer's document comes unread. */
export const hueOf = (color: number | string | undefined): string =>
  isHexColor(color) ? color : (HUES[Number(color ?? 0)] ?? HUES[0]);

/** A ground that ink is readable on, in both themes. */
export const tintOf = (color: number | string | undefined, percent = 14): string =>
  `color-mix(in srgb, ${hueOf(color)} ${percent}%, var(--c-card))`;
