import { useRef } from 'react';
import { Button } from './button.tsx';

/** A button that asks for one file, or with `onFiles` for several. */
export function FileButton(props: {
  text: string;
  accept: string;
  onFile?: (file: File) => void;
  onFiles?: (files: File[]) => void;
  isPending?: boolean;
}) {
  const { text, accept, onFile, onFiles, isPending = false } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onPress={() => input.current?.click()} isPending={isPending}>
        {text}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={onFiles !== undefined}
        hidden
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // the same file can be chosen again after it was refused
          target.value = '';
          const [file] = files;
          if (file) {
            onFile?.(file);
            onFiles?.(files);
          }
        }}
      />
    </>
  );
}
