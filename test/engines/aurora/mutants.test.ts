/** Each clause of the example has a change of the file that breaks it, for the right reason. */
import { expect, test } from 'vitest';
import { changed, clausesOf, exampleText, failureOf } from '../support/example.js';

const text = exampleText('aurora.cluster');
/** Commits that are acknowledged before the volume has them. */
const EARLY = [
    'cluster ledger: aurora in us-east-1 {',
    'cluster ledger: aurora "mysql 3.10" in us-east-1 { settings { innodb_flush_log_at_trx_commit = 0 }',
] as const;

const MUTANTS: Readonly<Record<string, readonly [from: string | RegExp, to: string, why: RegExp]>> = {
    'zone: tolerate any 1 zone': [
        /node ledger-r1 in us-east-1\.b (.*)\n(.*)us-east-1\.c/,
        'node ledger-r1 in us-east-1.a $1\n$2us-east-1.a',
        /^Broken by zone us-east-1\.a: .*somebody has to create one in another/,
    ],
    'zone: lose no writes': [...EARLY, /^After zone us-east-1\.a fails, .* acknowledged writes were lost/],
    'writer-fails: expect ledger led by ledger-r1 at 5m': [
        '{ tier 1 }',
        '{ tier 3 }',
        /^At 5:00\.0 ledger was led by ledger-r2\.$/,
    ],
    'writer-fails: expect writes of ledger restored within 90s': [
        'takes 15s to 60s',
        'takes 2m to 3m',
        /longer than allowed/,
    ],
    'writer-fails: expect no lost writes in ledger': [...EARLY, /acknowledged writes were lost \([\d,]+ in ledger\)/],
    'region-lost: expect writes of ledger-eu available at 15m': [
        'at 11m  promote ledger-eu',
        '',
        /failed in the second after 15:00\.0/,
    ],
    'region-lost: expect at most 1000 lost writes in ledger': [
        'lag 1s',
        'lag 2s',
        /^1,600 acknowledged writes were lost \(1,600 in ledger\)\.$/,
    ],
};

test.each(Object.entries(MUTANTS))('%s', async (clause, [from, to, why]) => {
    expect(await failureOf(text, clause)).toBeUndefined();
    expect(await failureOf(changed(text, from, to), clause)).toMatch(why);
});

test('no clause is left out', async () => {
    expect(new Set(Object.keys(MUTANTS))).toEqual(new Set(await clausesOf(text)));
});
