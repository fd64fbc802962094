export interface Choice {
  id: string;
  text: string;
}

/** An organisation has thousands of people: this many boxes are read at a glance. */
const SHOWN = 12;

export const isLong = (choices: readonly Choice[]): boolean => choices.length > SHOWN;

/** Of a long list what is chosen, and what somebody looks for; a short one as it is. */
export function shownChoices(choices: readonly Choice[], chosen: readonly string[], wanted: string): Choice[] {
  if (!isLong(choices)) return [...choices];
  const ids = new Set(chosen);
  const text = wanted.trim().toLowerCase();
  const found = choices.filter((each) => !ids.has(each.id) && each.text.toLowerCase().includes(text));
  return [...choices.filter(({ id }) => ids.has(id)), ...found.slice(0, SHOWN)];
}
