/** What a copy is at an instant, which need not be what the file declares. */
import { expect, test } from 'vitest';
import {
    copyFactsAt,
    copyNow,
    drawnElements,
    labelAt,
    nodeFactsAt,
    PALETTES,
    pictureOf,
    layoutDrawing,
    placeState,
    placeStateWords,
    toDrawing,
    troubleOf,
    type DrawnNode,
    type Moment,
    type Trouble,
} from '../../src/diagram/index.js';
import { momentOf } from './moments.js';
import { REDIS, SERVERS, topologyOf } from './topologies.js';

const redis = toDrawing(topologyOf(REDIS));
const servers = toDrawing(topologyOf(SERVERS));
const node = (drawing: typeof redis, id: string): DrawnNode =>
    drawnElements(drawing).find((each): each is DrawnNode => each.id === id)!;

test('members that take turns are called what they are at the instant', () => {
    const moment: Moment = {
        ...momentOf({ nodes: { 'node:gateway.gw-1': 'off' } }),
        leaders: new Map([['shard:gateway', 'node:gateway.gw-2']]),
    };
    const label = (name: string): string => {
        const { id, copies } = node(servers, `node:gateway.${name}`);
        return labelAt(copies[0]!, id, moment);
    };
    expect([label('gw-1'), label('gw-2')]).toEqual(['down', 'active']);
    const picture = pictureOf(servers, layoutDrawing(servers), PALETTES.light, { moment, title: 'failover' });
    expect(picture).toMatch(/class="copy leader" data-id="copy:gateway@gateway.gw-2">[^]*?>active<\/text>/);
});

test('what no longer holds is told as declared', () => {
    const { id, copies, facts } = node(redis, 'node:sessions.cache-1');
    const copy = copies.find(({ role }) => role === 'leader')!;
    const moment: Moment = { ...momentOf({}), leaders: new Map([[copy.shard, 'node:sessions.cache-5']]) };
    expect(copyNow(copy, id, moment)).toBe('Now a replica; cache-5 leads; no requests are known to fail.');
    expect(copyFactsAt(copy, id, moment)[0]).toMatch(/^As declared: cache-1 leads /);
    expect(copyFactsAt(copy, id, momentOf({}))).toBe(copy.facts);
    const told = nodeFactsAt(node(redis, id), moment);
    expect(told).not.toContain(facts.find((fact) => fact.startsWith('Leads')));
    expect(told).toContain(`Holds 1 replica of shards led elsewhere: ${copy.label}.`);
    const leaderless = { ...moment, leaders: new Map([[copy.shard, null]]) };
    expect(nodeFactsAt(node(redis, id), leaderless)).toContain(
        `Holds 1 copy of shards that nobody leads: ${copy.label}.`,
    );
});

test.each([
    [['read', 'write'], 'dark', 'not served', 'reads fail, writes fail'],
    [['read'], 'unread', 'without reads', 'reads fail'],
    [['write'], 'unwritten', 'without writes', 'writes fail'],
] as const)('%s that fail are a form of their own', (operations, form, words, service) => {
    const { id, copies } = node(redis, 'node:sessions.cache-1');
    const copy = copies[0]!;
    const troubles = operations.map((operation): Trouble => ({ operation, fromMs: 0, toMs: null, form: 'dark' }));
    const moment: Moment = { ...momentOf({}), troubles: new Map([[copy.shard, troubles]]) };
    expect(troubleOf(moment, copy.shard)).toBe(form);
    expect(copyNow(copy, id, moment)).toBe(`Now ${copy.role === 'leader' ? 'leads' : 'a replica'}; ${service}.`);
    expect(placeStateWords(placeState([node(redis, id)], moment))).toBe(`1 shard ${words}`);
});
