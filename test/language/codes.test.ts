import { describe, expect, it } from 'vitest';
import { collectFindings } from '../../src/analysis/index.js';
import { engines } from '../../src/engines/index.js';
import { codesOf, read } from './support.js';

const design = { design: collectFindings };

for (const { code, example, remedy } of engines.flatMap((engine) => engine.codes)) {
    describe(code, () => {
        it('is reported for its example', async () => {
            expect(codesOf(await read(example, {}, design))).toContain(code);
        });

        it('is not reported for the remedy', async () => {
            expect(codesOf(await read(remedy, {}, design))).not.toContain(code);
        });
    });
}
