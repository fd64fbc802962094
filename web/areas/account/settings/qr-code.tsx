import { encode } from 'uqr';

/** A key URI as a picture for an app, and its key as text for people who type. */
export function QrCode({ uri, lead, secretLead }: { uri: string; lead: string; secretLead: string }) {
  const { data, size } = encode(uri, { border: 2 });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return (
    <div className="flex w-full flex-wrap items-center gap-4">
      {/* always black on white: apps read nothing else well */}
      <svg viewBox={`0 0 ${size} ${size}`} className="size-44 rounded bg-white" role="img" aria-label={lead}>
        <path d={path} fill="#000" shapeRendering="crispEdges" />
      </svg>
      <div className="flex max-w-sm flex-col gap-2 text-sm">
        <p>{lead}</p>
        <p className="text-soft">{secretLead}</p>
        <code className="font-mono break-all">{secret}</code>
      </div>
    </div>
  );
}
