/** Everything that needs no editor: units, golden files, properties, the import graph. */
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
    test: {
        include: ['test/**/*.test.ts'],
        exclude: [...configDefaults.exclude, 'test/vscode/**'],
        // The parser's library needs what Node 20 lacks.
        setupFiles: ['./scripts/polyfill.mjs'],
        testTimeout: 60_000,
    },
});
