/** Colours by what they are for; a component names one of these and never a colour. */
const ROLES = [
  ['ink', 'bg-ink'],
  ['soft', 'bg-soft'],
  ['line', 'bg-line'],
  ['ground', 'bg-ground'],
  ['card', 'bg-card'],
  ['well', 'bg-well'],
  ['accent', 'bg-accent'],
  ['accent-soft', 'bg-accent-soft'],
  ['on-accent', 'bg-on-accent'],
  ['good', 'bg-good'],
  ['bad', 'bg-bad'],
  ['bad-soft', 'bg-bad-soft'],
  ['busy', 'bg-busy'],
  ['wait', 'bg-wait'],
] as const;

export const Swatches = () =>
  ROLES.map(([name, background]) => (
    <span key={name} className="flex w-24 flex-col gap-1 font-mono text-xs">
      <span className={`h-10 rounded-md border border-line ${background}`} />
      {name}
    </span>
  ));
