import { type DragEvent, lazy, Suspense, useRef, useState } from 'react';
import { type FieldType, isExpression } from '../../../../core/node/field.ts';
import { DRAGGED } from '../../../data/dragged.ts';
import { useTexts } from '../../../text/index.tsx';
import { Said } from '../../../text/said/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { GivingWay } from './giving-way.tsx';
import { type KindProps, textOf } from './kind.ts';
import { usePlace } from './place.tsx';

const ExpressionEditor = lazy(() =>
  import('../../expression/expression-editor.tsx').then(({ ExpressionEditor: editor }) => ({ default: editor })),
);

/** Whose value is a structure with expressions inside, or a text that is no template. */
const NEVER_EXPRESSION: ReadonlySet<FieldType> = new Set([
  'code',
  'collection',
  'list',
  'conditions',
  'assignments',
  'schedule',
  'weekdays',
  'mapper',
]);

/** One parameter: the control of its kind or an expression in its place, and what is wrong with it. */
export function Parameter(props: KindProps) {
  const { field, at } = props;
  const { problems, kinds } = usePlace();
  const { panel } = useTexts();
  const problem = problems.get(at);
  const Kind = kinds[field.type] ?? kinds.json;
  return (
    <div className="min-w-0" lang={field.lang}>
      {NEVER_EXPRESSION.has(field.type) ? <Kind {...props} /> : <Switchable {...props} />}
      {problem ? (
        <p role="status" className="pt-1 text-xs text-bad">
          {problem.code === 'missing' ? (
            // its hint is the field's description, which stands there
            panel.missing(field.label)
          ) : (
            <>
              <Said text={problem.message} /> {problem.hint === undefined ? null : <Said text={problem.hint} />}
            </>
          )}
        </p>
      ) : null}
    </div>
  );
}

/** A control with a switch beside it: fixed, or computed for each item. Data dropped on it becomes an expression. */
function Switchable(props: KindProps) {
  const { field, value, onChange, hideLabel = false } = props;
  const { onFocus, kinds } = usePlace();
  const [isOver, setOver] = useState(false);
  const caret = useRef<number>(undefined);
  const Kind = kinds[field.type] ?? kinds.json;
  const isAlways = field.type === 'expression';
  const isWritten = isExpression(value) || isAlways;
  const text = isExpression(value) ? value.slice(1) : isAlways ? textOf(value) : '';
  const insert = (expression: string): void => onChange(`=${text}${expression}`);
  const drop = (event: DragEvent): void => {
    setOver(false);
    const dragged = event.dataTransfer.getData(DRAGGED);
    // the editor of an expression puts it where it was dropped
    if (dragged === '' || event.defaultPrevented) return;
    event.preventDefault();
    insert(dragged);
  };
  return (
    <div
      className={`flex min-w-0 items-start gap-1 rounded-md ${isOver ? 'outline-2 outline-accent outline-dashed' : ''}`}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onFocusCapture={() => onFocus(insert)}
    >
      <div className="min-w-0 flex-1">
        {isWritten ? (
          <Suspense
            fallback={
              // typing is possible before the editor has come
              <GivingWay caret={caret}>
                <TextField
                  label={field.label}
                  hideLabel={hideLabel}
                  value={text}
                  onChange={(next) => onChange(`=${next}`)}
                  isMono
                />
              </GivingWay>
            }
          >
            <ExpressionEditor
              label={field.label}
              hideLabel={hideLabel}
              value={text}
              caret={caret}
              onChange={(next) => onChange(`=${next}`)}
              {...(field.description === undefined ? {} : { help: field.description })}
            />
          </Suspense>
        ) : (
          // typing `=` first makes an expression of it
          <GivingWay caret={caret} hidden={1}>
            <Kind {...props} />
          </GivingWay>
        )}
      </div>
      {isAlways ? null : (
        <div className={hideLabel || (field.type === 'boolean' && !isWritten) ? '' : 'pt-6'}>
          <Button
            look="quiet"
            square
            aria-label={`fx ${field.label}`}
            aria-pressed={isWritten}
            onPress={() => onChange(isWritten ? fixed(text, field.type) : `=${textOf(value ?? field.default)}`)}
            className={isWritten ? 'bg-accent-soft text-accent' : ''}
          >
            <span className="font-mono text-xs italic">fx</span>
          </Button>
        </div>
      )}
    </div>
  );
}

/** What is left of an expression that is none any more. */
function fixed(text: string, type: FieldType): KindProps['value'] {
  const plain = text.replace(/^=+/, '');
  if (plain === '') return undefined;
  if (type === 'number') return Number.isFinite(Number(plain)) ? Number(plain) : undefined;
  return type === 'boolean' ? plain === 'true' : plain;
}
