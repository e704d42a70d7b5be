import { describe, expect, it } from 'vitest';
import { useProperty, useReplicas, useSetting } from '../../../src/engines/shared/checks/fixes.js';

const declaration = {
    uri: 'file:///a.cluster',
    start: { line: 1, character: 2 },
    end: { line: 1, character: 9 },
};

describe('fixes that several systems share', () => {
    it('use a number of replicas', () => {
        expect(useReplicas(declaration, 3)).toEqual({
            kind: 'set-property',
            title: 'Use 3 replicas',
            declaration,
            keyword: 'replicas',
            value: '3',
        });
        expect(useReplicas(declaration, 1).title).toBe('Use 1 replica');
        expect(useReplicas(declaration, 'us-east-1 3, eu-west-1 2')).toMatchObject({
            title: 'Use replicas us-east-1 3, eu-west-1 2',
            value: 'us-east-1 3, eu-west-1 2',
        });
    });

    it('are called by what they write', () => {
        expect(useProperty(declaration, 'ttl', '5s').title).toBe('Write ttl 5s');
        expect(useProperty(declaration, 'tier', '1', 'Promote it last')).toEqual({
            kind: 'set-property',
            title: 'Promote it last',
            declaration,
            keyword: 'tier',
            value: '1',
        });
        expect(useSetting(declaration, 'acks', 'all')).toEqual({
            kind: 'set-setting',
            title: 'Set acks = all',
            declaration,
            key: 'acks',
            value: 'all',
        });
    });
});
