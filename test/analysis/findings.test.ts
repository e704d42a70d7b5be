import { describe, expect, it } from 'vitest';
import { collectFindings } from '../../src/analysis/index.js';
import type { Finding, Waiver } from '../../src/topology/index.js';
import { HERE, topology, type ClusterShape } from '../support/model.js';
import { toyEngine } from '../support/toy-engine.js';

const finding: Finding = {
    code: 'toy/odd',
    severity: 'warning',
    message: 'It is odd.',
    help: 'Make it even.',
    source: HERE,
};
const engine = toyEngine({ check: () => [finding] });

function findings(shape: Partial<ClusterShape>, today = '2027-03-31'): readonly Finding[] {
    return collectFindings(topology([{ name: 'c', nodes: { n: {} }, ...shape }]), { today, engines: () => engine });
}

function waiver(until?: string): Waiver {
    return {
        code: 'toy/odd',
        reason: 'a third one comes in March',
        source: HERE,
        ...(until === undefined ? {} : { until }),
    };
}

describe('a waived finding', () => {
    it.each([
        ['2027-03-31', 'information', 'It is odd. Accepted until 2027-03-31: a third one comes in March.'],
        ['2027-03-30', 'warning', 'It is odd. It was accepted until 2027-03-30: a third one comes in March.'],
        [undefined, 'information', 'It is odd. Accepted: a third one comes in March.'],
    ])('until %s is %s on 2027-03-31', (until, severity, message) => {
        expect(findings({ waivers: [waiver(until)] })).toEqual([{ ...finding, severity, message }]);
    });

    it('is another one only if its code is', () => {
        expect(findings({ waivers: [{ ...waiver(), code: 'toy/even' }] })).toEqual([finding]);
    });
});

describe('copies in one zone', () => {
    const nodes = { n1: { zone: 'a' }, n2: { zone: 'a' }, n3: { zone: 'b' } };
    const codes = (shape: Partial<ClusterShape>): string[] =>
        findings(shape)
            .slice(1)
            .map(({ code, message }) => `${code} ${message}`);

    it('are found while the cluster stands in several', () => {
        expect(codes({ nodes, shards: { 's-1': ['n1', 'n2'], 's-2': ['n1', 'n3'], 's-3': ['n1'] } })).toEqual([
            'topology/copies-in-one-zone Both copies of s-1 stand in r.a: when that zone fails, s-1 is gone, although the cluster also stands in r.b.',
        ]);
    });

    it('are one finding for the shards of one declaration', () => {
        expect(codes({ nodes, shards: { 's-1': ['n1', 'n2'], 's-2': ['n2', 'n1'] } })).toEqual([
            'topology/copies-in-one-zone All copies of s-1 and s-2 stand in r.a: when that zone fails, 2 shards are gone, although the cluster also stands in r.b.',
        ]);
    });

    it('are no mistake where there is but one, or none', () => {
        expect(codes({ nodes: { n1: { zone: 'a' }, n2: { zone: 'a' } } })).toEqual([]);
        expect(codes({ nodes: { n1: {}, n2: {}, n3: { zone: 'b' } }, shards: { s: ['n1', 'n2'] } })).toEqual([]);
    });
});
