const HEX = /^#(?:[\da-f]{3}){1,2}$/i;

/** A colour that is in no palette, as `#rgb` or `#rrggbb`. */
export const isHexColor = (value: unknown): value is string => typeof value === 'string' && HEX.test(value);
