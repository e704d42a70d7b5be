import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { drawSvg } from '../../src/diagram/index.js';
import { loadWorkspace } from '../../src/language/index.js';

test.each(['redis', 'server'])('the example %s looks as it did', async (name) => {
    const text = await readFile(`examples/${name}.cluster`, 'utf8');
    const [document] = await loadWorkspace([{ uri: `file:///examples/${name}.cluster`, text }]);
    if (document === undefined) {
        throw new Error('The example was not read.');
    }
    const picture = await drawSvg(document.topology, { theme: 'light' });
    await expect(picture).toMatchFileSnapshot(`golden/example-${name}.svg`);
});
