import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawSvg } from '../../src/diagram/index.js';
import { loadWorkspace } from '../../src/language/index.js';

const folder = new URL('../../examples/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.cluster'));
const uriOf = (name: string): string => `file:///examples/${name}`;
const texts = new Map(names.map((name) => [uriOf(name), readFileSync(new URL(name, folder), 'utf8')]));

test.each(names)('the example %s looks as it did', async (name) => {
    const uri = uriOf(name);
    const [document] = await loadWorkspace([{ uri, text: texts.get(uri)! }], {
        readFile: (other) => Promise.resolve(texts.get(other)),
    });
    const picture = await drawSvg(document!.topology, { theme: 'light' });
    await expect(picture).toMatchFileSnapshot(`golden/example-${name.replace('.cluster', '')}.svg`);
});
