import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useClient } from '../../session/session.tsx';
import { useLanguage, useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import type { Template } from './template.ts';
import { workflowTexts } from './texts.ts';

/** Adding one is adding a file. */
const FILES = import.meta.glob<{ template: Template }>('./templates/*.ts', { eager: true });
const TEMPLATES = Object.entries(FILES).map(([path, { template }]) => ({ path, ...template }));

export function TemplatesDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const { language } = useLanguage();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const use = useMutation({
    mutationFn: ({ document, title }: Template) =>
      client.call('POST /v1/workflows', { body: { ...document, name: titleIn(title, language) } }),
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['workflows'] });
      await navigate({ to: '/workflows/$id', params: { id } });
    },
  });
  return (
    <Dialog title={own.templates} closeLabel={texts.actions.close} isOpen onClose={onClose} wide>
      <p className="text-sm text-soft">{own.templatesLead}</p>
      {use.error ? <ProblemBox error={use.error} /> : null}
      <ul className="grid max-h-[60vh] gap-3 overflow-auto sm:grid-cols-2">
        {TEMPLATES.map((template) => {
          const title = titleIn(template.title, language);
          return (
            <li key={template.path} className="flex flex-col gap-2 rounded-lg border border-line p-4">
              <h3 className="text-sm font-semibold">{title}</h3>
              <p className="grow text-sm text-soft">{titleIn(template.summary, language)}</p>
              <div>
                <Button isPending={use.isPending} onPress={() => use.mutate(template)}>
                  {own.useTemplate(title)}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

const titleIn = (text: Template['title'], language: string): string => (language === 'de' ? text.de : text.en);
