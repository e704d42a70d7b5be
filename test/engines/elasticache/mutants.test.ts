/** Each clause of the example has a change of the file that breaks it, for the right reason. */
import { expect, test } from 'vitest';
import { changed, clausesOf, exampleText, failureOf } from '../support/example.js';

/** With fewer requests, since nothing here needs more. */
const text = changed(changed(exampleText('elasticache.cluster'), '4000/s', '60/s'), '900/s', '30/s');
const FAILOVER = '    multi-az = enabled\n    automatic-failover = enabled\n';

const MUTANTS: Readonly<Record<string, readonly [from: string, to: string, why: RegExp]>> = {
    'zone: tolerate any 1 zone': [
        FAILOVER,
        '',
        /^Broken by zone us-east-1\.a: .*no replica is promoted without automatic failover/,
    ],
    'primary-node-fails: expect flags led by flags-2 at 10m': [
        FAILOVER,
        '',
        /^At 10:00\.0 flags was led by flags-1\.$/,
    ],
    'primary-node-fails: expect reads of flags restored within 2m': [
        'takes 10s to 90s',
        'takes 3m to 4m',
        /longer than allowed/,
    ],
};

test.each(Object.entries(MUTANTS))('%s', async (clause, [from, to, why]) => {
    expect(await failureOf(text, clause)).toBeUndefined();
    expect(await failureOf(changed(text, from, to), clause)).toMatch(why);
});

test('no clause is left out', async () => {
    expect(new Set(Object.keys(MUTANTS))).toEqual(new Set(await clausesOf(text)));
});
