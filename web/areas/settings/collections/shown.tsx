import { CopyButton } from '../../../ui/copy-button.tsx';
import { useSettingsTexts } from '../text/index.ts';

/** A key or token, shown this once. */
export function Shown({ text }: { text: string }) {
  const { shownOnce } = useSettingsTexts();
  return (
    <div role="status" className="flex flex-col gap-2 rounded-lg bg-accent-soft p-3 text-sm">
      <strong>{shownOnce}</strong>
      <span className="flex flex-wrap items-center gap-2">
        <code className="font-mono break-all">{text}</code>
        <CopyButton text={text} />
      </span>
    </div>
  );
}
