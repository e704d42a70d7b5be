/** How many copies of a keyspace stand where. */
import type { ShardGroup } from '../../topology/index.js';
import type { SettingReader } from '../engine.js';
import type { Datacenter } from './datacenters.js';

type Strategy = 'NetworkTopologyStrategy' | 'SimpleStrategy';

/** As the keyspace says; without a word, the strategy that is meant for more than tests. */
export function strategyOf(settings: SettingReader, group: ShardGroup | undefined): Strategy {
    const written = settings.written('replication', group === undefined ? {} : { group });
    return written?.values[0]?.text === 'SimpleStrategy' ? 'SimpleStrategy' : 'NetworkTopologyStrategy';
}

/**
 * Copies in each of the datacenters, in the same order. A keyspace that gives one number for all has as many in every
 * datacenter, as `replication_factor` means from Cassandra 4.0 on.
 */
export function copiesIn(
    datacenters: readonly Datacenter[],
    { copies, perPlace }: Pick<ShardGroup, 'copies' | 'perPlace'>,
): readonly number[] {
    return datacenters.map(({ region }) =>
        perPlace === undefined
            ? copies
            : perPlace.reduce(
                  (sum, { place, copies: here }) =>
                      place.kind === 'region' && place.region === region ? sum + here : sum,
                  0,
              ),
    );
}
