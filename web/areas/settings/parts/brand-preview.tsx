import { inkOn, legible } from '../../../../core/look/contrast.ts';
import { COLOUR } from '../schema/colour-field.tsx';
import { type Fields, isFields } from '../schema/schema.ts';
import { useSettingsTexts } from '../text/index.ts';
import { PAGE_COLOURS } from './page-colours.ts';

const colourIn = (value: unknown): string | undefined =>
  typeof value === 'string' && COLOUR.test(value) ? value : undefined;

/** How a form will look in the chosen colours, by day and by night. */
export function BrandPreview({ value, logo }: { value: Fields; logo: string | undefined }) {
  const { organization: texts } = useSettingsTexts();
  const branding = isFields(value['branding']) ? value['branding'] : {};
  const accent = colourIn(branding['accent']);
  const title = String(branding['title'] || value['name'] || '');
  const chosen = { light: accent, dark: colourIn(branding['accentDark']) ?? accent };
  return (
    <div role="group" aria-label={texts.preview} className="flex flex-col gap-2">
      <p className="text-sm font-medium">{texts.preview}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {(['light', 'dark'] as const).map((theme) => {
          const page = PAGE_COLOURS[theme];
          const colour = chosen[theme] ?? page.accent;
          const link = legible(colour, theme === 'light' ? page.ground : page.card);
          return (
            <div
              key={theme}
              // colours are what is shown, also to those who force theirs elsewhere
              className="forced-color-adjust-none flex flex-col gap-2 rounded-lg border border-line p-4 text-sm"
              style={{ background: page.card, color: page.ink, borderColor: page.line }}
            >
              {logo === undefined ? null : (
                <img src={logo} alt="" className="max-h-8 max-w-32 self-start object-contain" />
              )}
              <span className="text-base font-semibold break-words">{title}</span>
              <span className="h-8 rounded-md border" style={{ borderColor: page.edge }} />
              <span
                className="rounded-md py-1.5 text-center font-semibold"
                style={{ background: colour, color: inkOn(colour) }}
              >
                {texts.previewButton}
              </span>
              <span className="underline" style={{ color: link }}>
                {texts.previewLink}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
