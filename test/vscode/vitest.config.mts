/** Tests in a real VS Code, one after the other: they share two cores and each starts a server and a browser. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
    test: {
        root: import.meta.dirname,
        include: ['**/*.test.ts'],
        fileParallelism: false,
        // A whole VS Code in a browser on shared cores: one more try before a failure counts.
        retry: 1,
        testTimeout: 120_000,
        hookTimeout: 180_000,
        // As long as a wait for something that is to be seen: the first run needs a new worker.
        expect: { poll: { timeout: 30_000, interval: 100 } },
    },
});
