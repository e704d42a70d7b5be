import { expect, test } from 'vitest';
import { describe as inWords } from '../../src/analysis/scenario/outages.js';
import { knownFrom, type Outage } from '../../src/simulator/index.js';
import { topology } from '../support/model.js';

const made = topology([{ name: 'db', nodes: { n: {} }, shards: { s: ['n'] } }]);
const outage = (part: Partial<Outage>): Outage => ({
    cluster: 0,
    shard: 0,
    operation: 'write',
    fromMs: 30_000,
    sentMs: 30_020,
    toMs: 53_400,
    form: 'dark',
    failed: 9,
    ...part,
});
const words = (part: Partial<Outage>): string => inWords(made, outage(part), 90_000);

test('an outage that clients see at once lasts from one answer to the next', () => {
    expect(words({})).toBe('writes of db.s were dark for 23.4 s (from 30.0 s to 53.4 s)');
    expect(words({ toMs: null })).toBe(
        'writes of db.s were dark from 30.0 s and did not come back before the end at 1:30.0',
    );
    expect(knownFrom(outage({}))).toBe(30_000);
});

test('of one that is asked about rarely it is said when the first request failed, not that it began with the last answer', () => {
    const rarely = { fromMs: 10_000, sentMs: 40_000 };
    expect(words(rarely)).toBe(
        'writes of db.s were dark for up to 43.4 s (last answer at 10.0 s, failures from 40.0 s, next answer at 53.4 s)',
    );
    expect(words({ ...rarely, toMs: null })).toBe(
        'writes of db.s were dark from 40.0 s (last answer at 10.0 s) and did not come back before the end at 1:30.0',
    );
    expect(words({ fromMs: 0, sentMs: 40_000, toMs: null })).toContain('from 40.0 s (no answer before)');
    expect(knownFrom(outage(rarely))).toBe(40_000);
});

test('one with answers only in its last moments was dark', () => {
    const partly = { fromMs: 30_000, toMs: 60_100, form: 'degraded' } as const;
    expect(words({ ...partly, silentMs: 30_000 })).toBe('writes of db.s were dark for 30.1 s (from 30.0 s to 1:00.1)');
    expect(words({ ...partly, silentMs: 4_000 })).toBe(
        'writes of db.s were failing in part for 30.1 s (from 30.0 s to 1:00.1)',
    );
});
