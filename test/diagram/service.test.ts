import { expect, test } from 'vitest';
import { legendItems, serviceAt, serviceNow, toDrawing, type Moment, type Trouble } from '../../src/diagram/index.js';
import { momentOf } from './moments.js';
import { REDIS, topologyOf } from './topologies.js';

const CLUSTER = 'cluster:sessions';

/** Troubles by lane of a cluster with three shards: `r` reads, `w` writes; in capitals all of them, else some. */
function moment(...lanes: readonly string[]): Moment {
    const ids = lanes.map((_, at) => `shard:sessions.s-${at + 1}`);
    const trouble = (letter: string): Trouble => ({
        operation: letter.toLowerCase() === 'r' ? 'read' : 'write',
        form: letter === letter.toUpperCase() ? 'dark' : 'degraded',
        fromMs: 0,
        toMs: null,
    });
    return {
        ...momentOf({}),
        lanes: new Map([[CLUSTER, ids]]),
        troubles: new Map(ids.map((id, at) => [id, Array.from(lanes[at] ?? '', trouble)])),
    };
}

test.each<[string, readonly string[], ReturnType<typeof serviceAt>]>([
    ['all fails', ['RW', 'RW'], { form: 'dark', words: 'reads fail, writes fail' }],
    ['writes alone', ['W', 'W'], { form: 'unwritten', words: 'writes fail' }],
    ['reads alone', ['R', 'R'], { form: 'unread', words: 'reads fail' }],
    [
        'some shards',
        ['RW', '', ''],
        { form: 'degraded', words: 'reads of 1 of 3 shards fail, writes of 1 of 3 shards fail' },
    ],
    ['some requests', ['rw'], { form: 'degraded', words: 'reads fail in part, writes fail in part' }],
    ['nothing', ['', ''], undefined],
])('a cluster of which %s', (_, lanes, service) => {
    expect(serviceAt(moment(...lanes), CLUSTER)).toEqual(service);
});

test('an address is asked for what goes through it alone', () => {
    const written = moment('W');
    expect(serviceAt(written, CLUSTER, 'reads')).toBeUndefined();
    expect(serviceAt(written, CLUSTER, 'writes')).toEqual({ form: 'dark', words: 'writes fail' });
    expect(serviceNow(written, CLUSTER, 'reads')).toBe('Now no requests are known to fail.');
});

test('the legend explains what stands on heads alone', () => {
    const drawing = toDrawing(topologyOf(REDIS));
    const texts = legendItems(drawing.clusters, drawing, moment('W', '', '')).map(({ text }) => text);
    expect(texts).toContain('served in part');
});
