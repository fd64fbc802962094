const TONES: Readonly<Record<string, string>> = {
  GET: 'text-accent',
  POST: 'text-good',
  PUT: 'text-busy',
  PATCH: 'text-busy',
  DELETE: 'text-bad',
};

/** The verb of a request, in the colour of what it does. */
export const Method = ({ name }: { name: string }) => (
  <span className={`w-14 shrink-0 font-mono font-semibold ${TONES[name] ?? 'text-soft'}`}>{name}</span>
);
