/** Everything that needs no editor: units, golden files, properties, the import graph. */
import { configDefaults, defineConfig } from 'vitest/config';

/** They keep nothing from one file to the next, and all of them load every system: once for each worker is enough. */
const STATELESS = ['test/{engines,simulator,proof,topology}/**/*.test.ts'];

export default defineConfig({
    test: {
        // The parser's library needs what Node 20 lacks.
        setupFiles: ['./scripts/polyfill.mjs', './test/support/property-seed.ts'],
        testTimeout: 60_000,
        // Pages share the cores with all other tests.
        expect: { poll: { timeout: 20_000, interval: 50 } },
        projects: [
            { extends: true, test: { name: 'shared', include: STATELESS, isolate: false } },
            {
                extends: true,
                test: {
                    name: 'isolated',
                    include: ['test/**/*.test.ts'],
                    exclude: [...configDefaults.exclude, 'test/vscode/**', ...STATELESS],
                },
            },
        ],
    },
});
