import { useRef } from 'react';
import { Button } from './button.tsx';

/** A button that asks for one file. */
export function FileButton(props: {
  text: string;
  accept: string;
  onFile: (file: File) => void;
  isDisabled?: boolean;
}) {
  const { text, accept, onFile, isDisabled = false } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onPress={() => input.current?.click()} isDisabled={isDisabled}>
        {text}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // the same file can be chosen again after it was refused
          target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
