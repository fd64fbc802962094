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

/** All of them as one theme has them, whatever the page's own is. */
export const Swatches = ({ theme, title }: { theme: 'light' | 'dark'; title: string }) => (
  <div
    data-theme={theme}
    className="flex min-w-0 flex-1 basis-72 flex-col gap-2 rounded-lg border border-line bg-card p-3 text-ink"
  >
    <p className="text-sm font-medium">{title}</p>
    <div className="grid grid-cols-[repeat(auto-fill,minmax(5rem,1fr))] gap-2">
      {ROLES.map(([name, background]) => (
        <span key={name} className="flex flex-col gap-1 font-mono text-xs">
          <span className={`h-8 rounded-md border border-line ${background}`} />
          {name}
        </span>
      ))}
    </div>
  </div>
);
