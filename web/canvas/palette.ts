/** Colours of groups and notes, by the numbers that documents hold: 1 to 7 as in n8n's notes, 0 the app's own. */
const HUES = ['var(--c-accent)', '#d9a521', '#c7762e', '#c04a42', '#3f8f57', '#2f7fb8', '#8a63c9', '#75828a'] as const;

export const COLORS: readonly number[] = HUES.map((_, index) => index);

export const hueOf = (color: number | undefined): string => HUES[color ?? 0] ?? HUES[0];

/** A ground that ink is readable on, in both themes. */
export const tintOf = (color: number | undefined, percent = 14): string =>
  `color-mix(in srgb, ${hueOf(color)} ${percent}%, var(--c-card))`;
