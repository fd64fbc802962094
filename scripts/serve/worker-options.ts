// What `vite build` left in dist/<name>, read without wrangler (that would cost half a second and 60 MB).
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface BuiltConfig {
  name: string;
  main: string;
  compatibility_date: string;
  compatibility_flags?: string[];
  vars?: Record<string, unknown>;
  assets?: { binding?: string; directory?: string };
  durable_objects?: { bindings: { name: string; class_name: string }[] };
  d1_databases?: { binding: string; database_id: string; migrations_dir?: string }[];
  r2_buckets?: { binding: string; bucket_name: string }[];
  queues?: {
    producers?: { binding: string; queue: string }[];
    consumers?: { queue: string; max_batch_size?: number; max_batch_timeout?: number; max_retries?: number }[];
  };
  services?: { binding: string; service: string; entrypoint?: string }[];
  worker_loaders?: { binding: string }[];
  version_metadata?: { binding: string };
  triggers?: { crons?: string[] };
}

const MODULE = /\.(?:m?js|wasm)$/;

/** Sections of wrangler.json that bind something and that the launcher provides; services in plan.ts. */
const PROVIDED = new Set(
  'assets durable_objects d1_databases r2_buckets queues services worker_loaders version_metadata vars triggers exports rules dev observability'.split(
    ' ',
  ),
);

export interface BuiltWorker {
  config: BuiltConfig;
  /** dist/<name>, where the bundle is. */
  directory: string;
  /** dist/client, where the app is. */
  assets: string;
}

/** @throws Error when the configuration binds something the launcher does not provide. */
export function readBuild(root: string, name: string): BuiltWorker {
  const directory = resolve(root, 'dist', name);
  const config = JSON.parse(readFileSync(join(directory, 'wrangler.json'), 'utf8')) as BuiltConfig;
  for (const [section, value] of Object.entries(config)) {
    if (!PROVIDED.has(section) && bindsSomething(value)) {
      throw new Error(`wrangler.toml binds "${section}", which scripts/serve/worker-options.ts does not provide yet`);
    }
  }
  return { config, directory, assets: resolve(directory, config.assets?.directory ?? '../client') };
}

const bindsSomething = (value: unknown): boolean =>
  (Array.isArray(value) && value.some((entry) => typeof entry === 'object')) ||
  (typeof value === 'object' && value !== null && 'bindings' in value && bindsSomething(value.bindings));

/** Every module of the bundle, the main one first, but `leaveOut`. */
export function modulesOf(
  { config, directory }: BuiltWorker,
  leaveOut: readonly string[] = [],
): { type: 'ESModule' | 'CompiledWasm'; path: string }[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => MODULE.test(file) && !leaveOut.includes(file));
  const ordered = [config.main, ...files.filter((file) => file !== config.main)];
  return ordered.map((file) => ({
    type: file.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule',
    path: join(directory, file),
  }));
}

/**
 * Modules with the texts that code isolates are made of: where a code host is, it has its own copy and nothing in the
 * product asks for these.
 */
export function codeTexts({ directory }: BuiltWorker): string[] {
  const file = join(directory, '.vite/manifest.json');
  if (!existsSync(file)) return [];
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { file: string; isDynamicEntry?: boolean }>;
  return Object.entries(manifest)
    .filter(([source, { isDynamicEntry }]) => isDynamicEntry && /workers\/code-host\/.*\.generated\.ts$/.test(source))
    .map(([, chunk]) => chunk.file);
}
