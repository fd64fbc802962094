/**
 * Steps are cards here, twice as wide as n8n's squares: at n8n's distances they would lie on each other (N8N21). Only across, so
 * that branches keep their order, which goes by position.
 */
const STRETCH = 1.5;
/** To this part of a pixel, so that what was written and is read again stands where it stood. */
const PARTS = 10;

/** A distance across n8n's canvas, in pixels, as one here. */
export const acrossHere = (px: number): number => Math.round(px * STRETCH * PARTS) / PARTS;

/** A distance across the canvas here, in pixels, as one of n8n's. */
export const acrossN8n = (px: number): number => Math.round((px / STRETCH) * PARTS * 10) / (PARTS * 10);

type Position = readonly [number, number];
export const placeHere = ([x, y]: Position): [number, number] => [acrossHere(x), y];
export const placeN8n = ([x, y]: Position): [number, number] => [acrossN8n(x), y];
