import { useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { saveBytesAs } from '../../ui/save-as.ts';
import type { Answer } from './read-answer.ts';
import { TEXTS } from './texts.ts';

/** What came back: text as it reads best, anything else as a file. */
export function AnswerView({ answer }: { answer: Answer }) {
  const words = useTextsOf(TEXTS);
  const { status, ms, text, isWhole, bytes } = answer;
  const pretty = text === undefined ? undefined : readable(text);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="mr-auto text-sm">
          {words.answered(status)} <span className="text-soft">{words.took(ms)}</span>
        </p>
        {pretty ? <CopyButton text={pretty} /> : null}
        {bytes ? <Button onPress={() => saveBytesAs('answer', bytes)}>{words.save}</Button> : null}
      </div>
      {pretty ? (
        <pre tabIndex={0} className="max-h-96 overflow-auto rounded-lg bg-well p-3 font-mono text-xs">
          {pretty}
          {isWhole ? '' : '\n…'}
        </pre>
      ) : null}
    </>
  );
}

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
