import { useState } from 'react';
import { useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type Call, exampleIn, type Language, LANGUAGES } from './examples.ts';
import { TEXTS } from './texts.ts';

const STORED = 'millrace.example';

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  return LANGUAGES.find(({ id }) => id === stored)?.id ?? 'curl';
}

/** The same call in four languages; the one that was chosen last comes first next time. */
export function ExampleTabs({ call }: { call: Call }) {
  const words = useTextsOf(TEXTS);
  const [language, setLanguage] = useState(firstLanguage);
  const text = exampleIn(language, call);
  const choose = (next: Language): void => {
    localStorage.setItem(STORED, next);
    setLanguage(next);
  };
  return (
    <>
      <div role="group" aria-label={words.language} className="flex flex-wrap gap-1">
        {LANGUAGES.map(({ id, text: name }) => (
          <Button
            key={id}
            look={id === language ? 'plain' : 'quiet'}
            aria-pressed={id === language}
            onPress={() => choose(id)}
          >
            {name}
          </Button>
        ))}
        <span className="ml-auto">
          <CopyButton text={text} />
        </span>
      </div>
      <pre tabIndex={0} className="overflow-auto rounded-lg bg-well p-3 font-mono text-xs" data-example={language}>
        {text}
      </pre>
      <p className="text-xs text-soft">{words.keyFromEnvironment}</p>
    </>
  );
}
