import type { Plugin, Rolldown } from 'vite';

/** Where most visits begin. */
const FIRST_PAGES = ['web/areas/workflows/list.tsx'];
/** Whose code is run almost whole when they are opened. */
const WHOLE = [...FIRST_PAGES, 'web/editor/page.tsx'];
/** V8 compiles every function of such a file beside the page while it loads, not one by one while the page is drawn. */
const HINT = '//# allFunctionsCalledOnLoad\n';

const REACT = /\/node_modules\/(?:react|react-dom|scheduler|use-sync-external-store)\//;
const TANSTACK = /\/node_modules\/@tanstack\//;
/** What most pages draw with; lists and dialogs that open come when they are wanted. */
const UI = /\/web\/ui\/(?!open-|menu-|dialog|confirm-|use-open-)/;

type Bundle = Rolldown.OutputBundle;

/** The chunks that are loaded with the entry, or with a page. */
function closureOf(bundle: Bundle, isRoot: (chunk: Rolldown.OutputChunk) => boolean): Set<string> {
  const found = new Set<string>();
  const add = (file: string): void => {
    const chunk = bundle[file];
    if (chunk?.type !== 'chunk' || found.has(file)) return;
    found.add(file);
    for (const each of chunk.imports) add(each);
  };
  for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && isRoot(chunk)) add(chunk.fileName);
  return found;
}
const isPage =
  (pages: readonly string[]) =>
  ({ facadeModuleId }: Rolldown.OutputChunk): boolean =>
    pages.some((page) => facadeModuleId?.endsWith(`/${page}`));

/** Makes the app's first visit short: few files, all asked for at once, and compiled beside the page. */
export const firstVisitPlugin: Plugin = {
  name: 'millrace-first-visit',
  applyToEnvironment: ({ config }) => config.consumer === 'client',
  configEnvironment: (name) =>
    name === 'client'
      ? {
          build: {
            rolldownOptions: {
              output: {
                codeSplitting: {
                  groups: [
                    { name: 'react', priority: 1, test: REACT },
                    { name: 'tanstack', priority: 1, test: TANSTACK },
                    { name: 'ui', test: UI },
                  ],
                },
              },
            },
          },
        }
      : undefined,
  generateBundle(_, bundle) {
    const whole = closureOf(bundle, (chunk) => chunk.isEntry || isPage(WHOLE)(chunk));
    for (const file of whole) {
      const chunk = bundle[file];
      if (chunk?.type === 'chunk') chunk.code = HINT + chunk.code;
    }
  },
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const there = closureOf(bundle, (chunk) => chunk.isEntry);
      const wanted = closureOf(bundle, isPage(FIRST_PAGES));
      return [...wanted]
        .filter((file) => !there.has(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        }));
    },
  },
};
