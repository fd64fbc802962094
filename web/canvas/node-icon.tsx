import { NODE_ICONS } from './node-icons.generated.ts';

interface NodeIconProps {
  /** As the type names it; undefined where the type is not known. */
  name: string | undefined;
  /** What the type is called: its first letter stands for an icon this build does not have. */
  title: string;
  isTrigger: boolean;
}

/** The tile by which a kind of step is known at a glance: full where a workflow begins. Decoration; its name stands beside it. */
export function NodeIcon({ name = '', title, isTrigger }: NodeIconProps) {
  const Drawn = NODE_ICONS.get(name);
  return (
    <span
      aria-hidden="true"
      className={`node-icon flex size-7 shrink-0 items-center justify-center rounded-md text-sm font-semibold uppercase ${isTrigger ? 'bg-accent text-on-accent' : 'bg-well text-accent'}`}
    >
      {Drawn ? <Drawn size={16} /> : title.slice(0, 1)}
    </span>
  );
}
