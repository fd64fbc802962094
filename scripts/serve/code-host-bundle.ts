import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A package, or a module of this project by its path, with all it needs as one small text. */
export async function bundleText(input: string, format: 'cjs' | 'esm'): Promise<string> {
  const bundle = await rolldown({ cwd: root, input, platform: 'browser', logLevel: 'silent' });
  const { output } = await bundle.generate({ format, minify: true, exports: 'auto' });
  await bundle.close();
  return output[0].code;
}
