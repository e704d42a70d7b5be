/** The example from text to verdict, and what happens to it when it is made worse. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proveObjective, runScenario, type Verdict } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

const example = readFileSync(new URL('../../../examples/kafka.cluster', import.meta.url), 'utf8');

test('x', async () => {
    const model = await topologyOf(example);
    console.log(JSON.stringify(await proveObjective(model, 0), null, 1).slice(0, 6000));
    for (let i = 0; i < 2; i++)
        console.log(JSON.stringify((await runScenario(model, i)).verdict, null, 1).slice(0, 3000));
});
