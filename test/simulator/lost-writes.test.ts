/** That no more writes can be lost than were acknowledged. */
import { expect, it } from 'vitest';
import { LostWrites } from '../../src/simulator/lost-writes.js';

it('adds up what is lost of each shard', () => {
    const lost = new LostWrites(() => 10);
    lost.add(1, 4);
    lost.add(2, 10);
    lost.add(1, 6);
    expect([...lost.byShard]).toEqual([
        [1, 10],
        [2, 10],
    ]);
});

it('refuses a loss of more than was acknowledged, as an invariant that is broken', () => {
    const lost = new LostWrites((shard) => (shard === 1 ? 10 : 0));
    lost.add(1, 9);
    expect(() => lost.add(1, 2)).toThrow('Invariant broken: 11 writes of shard 1 are lost, and 10 were acknowledged.');
    expect(() => lost.add(2, 1)).toThrow('Invariant broken');
});
