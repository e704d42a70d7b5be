import { expect, test } from 'vitest';
import { versionStanding } from '../../src/engines/index.js';

const KNOWN = ['redis 5.0.6', 'redis 6.2', 'redis 7.1', 'valkey 7.2', 'valkey 8.1'];

test.each([
    ['redis 7.1', 'known'],
    ['redis 7.0', 'known'],
    ['redis 7.1.4', 'known'],
    ['redis 8.0', 'newer'],
    ['redis 5.0.6', 'known'],
    ['redis 5.0.5', 'known'],
    ['redis 4.0', 'older'],
    ['valkey 8.0', 'known'],
    ['Valkey 9.0', 'newer'],
    ['memcached 1.6', 'another product'],
    ['7.1', 'another product'],
    ['newest', 'no number'],
])('%s is %s', (version, standing) => {
    expect(versionStanding(version, KNOWN)).toBe(standing);
});

test('versions without a product', () => {
    expect(versionStanding('8.15.3', ['7.10', '8.15'])).toBe('known');
    expect(versionStanding('v1.32', ['1.28', '1.36'])).toBe('known');
    expect(versionStanding('9', ['7.10', '8.15'])).toBe('newer');
});
