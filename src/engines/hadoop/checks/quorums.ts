import type { EngineContext, Quorum } from '../../engine.js';
import { membersAs } from '../roles.js';

/** JournalNodes decide on every change of the namespace, ZooKeeper on who is active. */
export function quorums({ cluster }: EngineContext): readonly Quorum[] {
    const journalnodes = membersAs(cluster.members, 'journalnode');
    const zookeepers = membersAs(cluster.members, 'zookeeper');
    const all: readonly Quorum[] = [
        {
            one: 'JournalNode',
            many: 'JournalNodes',
            voters: journalnodes.map(({ node }) => node),
            without: 'the active NameNode ends itself and none can take over',
            declarations: journalnodes.map(({ source }) => source),
            source: cluster.source,
            codes: {
                tooFew: { code: 'hadoop/few-journalnodes', severity: 'error', runs: true },
                even: 'hadoop/even-journalnodes',
                majorityInOneZone: 'hadoop/journalnodes-in-one-zone',
            },
        },
        {
            one: 'ZooKeeper server',
            many: 'ZooKeeper servers',
            voters: zookeepers.map(({ node }) => node),
            without: 'HDFS goes on with the NameNode that is active, and none takes over from it',
            declarations: zookeepers.map(({ source }) => source),
            source: cluster.source,
            codes: {
                tooFew: { code: 'hadoop/few-zookeepers', severity: 'warning' },
                even: 'hadoop/even-zookeepers',
                majorityInOneZone: 'hadoop/zookeepers-in-one-zone',
            },
        },
    ];
    return all.filter(({ voters }) => voters.length > 0);
}
