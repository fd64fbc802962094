import type { ReactNode } from 'react';

/** A sentence in which what stands between backticks is code; anything else as it is. */
export function Ticked({ children }: { children: ReactNode }) {
  if (typeof children !== 'string') return children;
  return children.split('`').map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <code key={at} className="font-mono">
        {part}
      </code>
    ),
  );
}
