/** Tests in a real VS Code, one after the other: they share two cores and each starts a server and a browser. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
    test: {
        root: import.meta.dirname,
        include: ['**/*.test.ts'],
        fileParallelism: false,
        testTimeout: 120_000,
        hookTimeout: 180_000,
    },
});
