import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useSettingsTexts } from '../text/index.ts';

/** A key or token, shown this once. */
export function Shown({ text }: { text: string }) {
  const { shownOnce, copy, copied } = useSettingsTexts();
  const [isCopied, setCopied] = useState(false);
  return (
    <div role="status" className="flex flex-col gap-2 rounded-lg bg-accent-soft p-3 text-sm">
      <strong>{shownOnce}</strong>
      <code className="font-mono break-all">{text}</code>
      <div>
        <Button onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {isCopied ? copied : copy}
        </Button>
      </div>
    </div>
  );
}
