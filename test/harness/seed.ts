import fc from 'fast-check';

/** The same cases each time, so that a change is refused for what it did. `SEED=N` tries others, `npm run fuzz` another each day. */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 1) });
