import { describe, expect, it } from 'vitest';
import {
    engineContext,
    engines,
    findEngine,
    isSince,
    settingProblem,
    type SettingSpec,
} from '../../src/engines/index.js';
import { setting, topology, type ClusterShape } from '../support/model.js';
import { toyEngine } from '../support/toy-engine.js';

const common = {
    scope: ['cluster', 'group', 'shard', 'node'],
    documentation: '',
    source: { title: '' },
    modelled: true,
} as const;
const timeout: SettingSpec = { ...common, key: 'timeout', type: { kind: 'duration', unit: 's' }, default: 15_000 };
const specs: readonly SettingSpec[] = [
    timeout,
    { ...common, key: 'replicas', type: { kind: 'number', minimum: 0, maximum: 5 }, default: 1 },
    { ...common, key: 'size', type: { kind: 'size', suffixes: { k: 1000, kb: 1024 } }, default: 0 },
    { ...common, key: 'coverage', type: { kind: 'boolean', yes: 'yes', no: 'no' }, default: true },
    { ...common, key: 'mode', type: { kind: 'enum', values: ['slow', 'fast'] }, default: 'slow' },
    { ...common, key: 'listen', type: { kind: 'text' }, default: undefined },
    {
        ...common,
        key: 'grace',
        type: { kind: 'duration', unit: 's' },
        default: 40_000,
        defaultsSince: [
            { since: '1.32', value: 50_000 },
            { since: 'valkey 8.1', value: 60_000 },
        ],
    },
];
const engine = toyEngine({ versions: ['1.0', '1.31'], settings: specs });

function contextOf(shape: Partial<ClusterShape> = {}): ReturnType<typeof engineContext> {
    const model = topology([{ name: 'c', nodes: { n: {} }, ...shape }]);
    return engineContext(model, model.clusters[0]!, engine);
}

describe('settings of a cluster', () => {
    it('come from the nearest place that sets them', () => {
        const model = topology([
            { name: 'c', nodes: { n: { settings: [setting('timeout', 1)] } }, settings: [setting('timeout', 4)] },
        ]);
        const cluster = model.clusters[0]!;
        const context = engineContext(model, cluster, engine);
        const shard = { ...model.shards[0]!, settings: [setting('timeout', 2)] };
        const group = {
            id: 0,
            cluster: 0,
            word: 'shards',
            name: 'g',
            shards: [0],
            copies: 1,
            settings: [setting('timeout', 3)],
            source: cluster.source,
        };
        const member = cluster.members[0]!;
        expect(context.duration('timeout', { member, shard, group })).toBe(1_000);
        expect(context.duration('timeout', { shard, group })).toBe(2_000);
        expect(context.duration('timeout', { group })).toBe(3_000);
        expect(context.duration('timeout')).toBe(4_000);
        expect(context.written('timeout')).toBe(cluster.settings[0]);
        expect(context.written('mode', { member, shard, group })).toBeUndefined();
    });

    it('find the group of a shard by themselves', () => {
        const base = topology([{ name: 'c', nodes: { n: {} } }]);
        const group = {
            id: 0,
            cluster: 0,
            word: 'shards',
            name: 'g',
            shards: [0],
            copies: 1,
            settings: [setting('mode', 'fast')],
        };
        const model = { ...base, groups: [{ ...group, source: base.clusters[0]!.source }] };
        const context = engineContext(model, model.clusters[0]!, engine);
        expect(context.text('mode', { shard: { ...model.shards[0]!, group: 0 } })).toBe('fast');
        expect(context.text('mode', { shard: model.shards[0]! })).toBe('slow');
    });

    it.each([
        [setting('timeout', 3), 3_000],
        [setting('timeout', [250, 'ms']), 250],
        [setting('timeout', [2, 'm']), 120_000],
        [setting('timeout', 'soon'), 15_000],
        [setting('timeout', [3, 'GB']), 15_000],
        [setting('timeout', 3, 4), 15_000],
        [setting('timeout'), 15_000],
    ])('convert durations, and fall back where none stands: %#', (written, expected) => {
        expect(contextOf({ settings: [written] }).duration('timeout')).toBe(expected);
    });

    it('keep numbers in their range and convert sizes', () => {
        expect(contextOf({ settings: [setting('replicas', 5)] }).number('replicas')).toBe(5);
        expect(contextOf({ settings: [setting('replicas', 6)] }).number('replicas')).toBe(1);
        expect(contextOf({ settings: [setting('size', [2, 'KB'])] }).number('size')).toBe(2048);
        expect(contextOf({ settings: [setting('size', [2, 'k'])] }).number('size')).toBe(2000);
        expect(contextOf({ settings: [setting('size', 7)] }).number('size')).toBe(7);
    });

    it('take figures in quotes, and whole numbers alone unless fractions make sense', () => {
        const quoted = { ...setting('replicas', 5), values: [{ kind: 'string' as const, text: '4' }] };
        expect(contextOf({ settings: [quoted] }).number('replicas')).toBe(4);
        expect(contextOf({ settings: [setting('replicas', 2.5)] }).number('replicas')).toBe(1);
    });

    it('read truth, choices and texts', () => {
        const context = contextOf({
            settings: [setting('coverage', 'no'), setting('mode', 'fast'), setting('listen', 'a', 'b')],
        });
        expect([context.boolean('coverage'), context.text('mode'), context.text('listen')]).toEqual([
            false,
            'fast',
            'a b',
        ]);
        expect(contextOf({ settings: [setting('mode', 'wild')] }).text('mode')).toBe('slow');
    });

    it('take the later of two lines in one block', () => {
        expect(contextOf({ settings: [setting('timeout', 1), setting('timeout', 2)] }).duration('timeout')).toBe(2_000);
    });

    it('have the default of their version, the newest without one', () => {
        expect(contextOf().version).toBe('1.31');
        expect(contextOf().duration('grace')).toBe(40_000);
        expect(contextOf({ version: '1.32' }).duration('grace')).toBe(50_000);
        expect(contextOf({ version: 'valkey 8.1' }).duration('grace')).toBe(60_000);
    });

    it('refuse an engine that asks for what it does not declare', () => {
        expect(() => contextOf().number('unheard')).toThrow("asks for the setting 'unheard'");
        expect(() => contextOf().number('timeout')).toThrow('not asked for by its own type');
        expect(() => contextOf().text('listen')).toThrow('has no default');
    });
});

describe('versions', () => {
    it.each([
        ['7.2', '7.2', true],
        ['7.10', '7.9', true],
        ['7', '7.0', true],
        ['6.2', '7.0', false],
        ['valkey 8.0', '7.2', true],
        ['valkey 8.0', 'valkey 8.1', false],
        ['8.1', 'valkey 8.1', false],
    ])('%s is since %s: %s', (version, since, expected) => {
        expect(isSince(version, since)).toBe(expected);
    });
});

describe('the problem of a setting', () => {
    it('is said with what would fit', () => {
        expect(settingProblem(timeout, setting('timeout', 5))).toBeUndefined();
        expect(settingProblem(timeout, setting('timeout', 'soon'))).toBe(
            "'timeout' takes a duration such as 15s (a bare number counts seconds), but 'soon' is no number.",
        );
        expect(settingProblem(specs[1]!, setting('replicas', 9))).toBe(
            "'replicas' takes a number from 0 to 5, but 9 lies outside.",
        );
        expect(settingProblem(specs[3]!, setting('coverage', 'maybe'))).toContain('takes yes or no');
        expect(settingProblem(specs[4]!, setting('mode', 'wild'))).toContain('takes one of slow, fast');
    });
});

describe('the registry', () => {
    it('finds each engine by its own name', () => {
        expect(new Set(engines.map(({ name }) => name)).size).toBe(engines.length);
        engines.forEach((each) => {
            expect(findEngine(each.name)).toBe(each);
        });
        expect(findEngine('toString')).toBeUndefined();
    });
});
