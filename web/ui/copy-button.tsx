import { useState } from 'react';
import { useTexts } from '../text/index.tsx';
import { Button, type Look } from './button.tsx';

interface CopyButtonProps {
  text: string;
  /** Where "Copy" alone would not tell what. */
  label?: string;
  /** For screen readers, where the label is short; it begins with the label. */
  name?: string;
  look?: Look;
  className?: string;
}

/** Puts a text on the clipboard and says that it did, or that it could not: without https, browsers have no clipboard. */
export function CopyButton({ text, label, name, look = 'quiet', className }: CopyButtonProps) {
  const { actions } = useTexts();
  const [copied, setCopied] = useState('');
  const [refused, setRefused] = useState('');
  const isCopied = copied === text;
  const isRefused = refused === text;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      setRefused(text);
    }
  };
  return (
    <Button
      look={look}
      className={className}
      aria-label={isCopied || isRefused ? undefined : name}
      onPress={() => void copy()}
    >
      {isCopied ? actions.copied : isRefused ? actions.notCopied : (label ?? actions.copy)}
    </Button>
  );
}
