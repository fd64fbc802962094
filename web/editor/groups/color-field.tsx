import { Radio, RadioGroup } from 'react-aria-components';
import { COLORS, hueOf } from '../../canvas/palette.ts';
import { useTexts } from '../../text/index.tsx';

interface ColorFieldProps {
  /** None of them is chosen where it is text: a colour that is not among them. */
  value: number | string | undefined;
  onChange: (color: number) => void;
}

/** One of the colours that groups and notes can have. */
export function ColorField({ value, onChange }: ColorFieldProps) {
  const texts = useTexts();
  return (
    <div className="flex flex-col gap-1">
      <span className="text-sm font-medium">{texts.panel.color}</span>
      <RadioGroup
        aria-label={texts.panel.color}
        value={String(value ?? 0)}
        onChange={(color) => onChange(Number(color))}
        orientation="horizontal"
        className="flex flex-wrap gap-1.5"
      >
        {COLORS.map((color) => (
          <Radio
            key={color}
            value={String(color)}
            aria-label={texts.panel.colorNumber(color)}
            className="size-7 cursor-pointer rounded-full border-2 border-card outline-offset-2 data-[focus-visible]:outline-2 data-[selected]:outline-2 data-[selected]:outline-ink"
            style={{ background: hueOf(color) }}
          />
        ))}
      </RadioGroup>
    </div>
  );
}
