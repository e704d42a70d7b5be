/** Pages about what requests wait for. */
import type { CodeSpec } from '../../engine.js';
import { CONSISTENCY, DYNAMO } from '../sources.js';
import { app, file, SIX_MORE, SIX_NODES, THREE_COPIES, THREE_IN_EACH, twoRegions } from './file.js';

const SURVIVE_A_REGION = 'objective region-loss for profiles { tolerate any 1 region }';
const NO_STALE_READS = [
    'scenario node-down {',
    '  at 30s  fail node use-1',
    '  until 5m',
    '  expect no stale reads in profiles',
    '}',
].join('\n');

export const consistencyCodes: readonly CodeSpec[] = [
    {
        code: 'cassandra/any-for-reads',
        title: 'A read with consistency ANY',
        why: 'ANY lets a hint on the coordinator count as a copy, and a hint cannot be read. Cassandra refuses reads with it.',
        fix: 'Use LOCAL_ONE or LOCAL_QUORUM for reads.',
        example: file([SIX_NODES, THREE_COPIES], app('ANY', 'LOCAL_QUORUM')),
        remedy: file([SIX_NODES, THREE_COPIES], app('LOCAL_QUORUM', 'LOCAL_QUORUM')),
        source: CONSISTENCY,
    },
    {
        code: 'cassandra/consistency-any',
        title: 'A write with consistency ANY',
        why: 'A hint on the coordinator is enough for it: a write may be acknowledged that no replica has, and is lost with that one node.',
        fix: 'Use LOCAL_QUORUM, or LOCAL_ONE where losing a write matters less.',
        example: file([SIX_NODES, THREE_COPIES], app('LOCAL_QUORUM', 'ANY')),
        remedy: file([SIX_NODES, THREE_COPIES], app('LOCAL_QUORUM', 'LOCAL_QUORUM')),
        source: CONSISTENCY,
    },
    {
        code: 'cassandra/consistency-all',
        title: 'A request that waits for all copies',
        why: 'One node that is down fails every request with ALL for the ranges that it has. The copies then make the keyspace less available than one copy would.',
        fix: 'Use LOCAL_QUORUM for reads and writes: any two quorums share a copy, so reads see the latest write.',
        example: file([SIX_NODES, THREE_COPIES], app('LOCAL_ONE', 'ALL')),
        remedy: file([SIX_NODES, THREE_COPIES], app('LOCAL_QUORUM', 'LOCAL_QUORUM')),
        source: CONSISTENCY,
    },
    {
        code: 'cassandra/each-quorum-region-loss',
        title: 'EACH_QUORUM where a region may be lost',
        why: 'EACH_QUORUM needs a quorum in every datacenter, so without one region no such request succeeds.',
        fix: 'Use LOCAL_QUORUM, or do not promise to survive the loss of a region.',
        example: twoRegions([SIX_NODES, SIX_MORE, THREE_IN_EACH], app('LOCAL_QUORUM', 'EACH_QUORUM'), SURVIVE_A_REGION),
        remedy: twoRegions([SIX_NODES, SIX_MORE, THREE_IN_EACH], app('LOCAL_QUORUM', 'LOCAL_QUORUM'), SURVIVE_A_REGION),
        source: CONSISTENCY,
    },
    {
        code: 'cassandra/quorum-across-datacenters',
        title: 'A quorum of all datacenters that one of them can take away',
        why: 'QUORUM is a majority of all copies together. With two datacenters each request waits for the other one, and without one of them there is no majority.',
        fix: 'Use LOCAL_QUORUM, or a third datacenter.',
        example: twoRegions([SIX_NODES, SIX_MORE, THREE_IN_EACH], app('LOCAL_QUORUM', 'QUORUM')),
        remedy: twoRegions([SIX_NODES, SIX_MORE, THREE_IN_EACH], app('LOCAL_QUORUM', 'LOCAL_QUORUM')),
        source: CONSISTENCY,
    },
    {
        code: 'cassandra/stale-reads',
        title: 'Reads that may miss the latest write where no stale reads are expected',
        why: 'A read sees the latest write for certain if the copies that both wait for are together more than there are. One copy for each, or quorums of two different datacenters, are too few: they may be other copies.',
        fix: 'Read and write with LOCAL_QUORUM in one datacenter; across datacenters, write with EACH_QUORUM.',
        example: file([SIX_NODES, THREE_COPIES], app('LOCAL_ONE', 'LOCAL_QUORUM'), NO_STALE_READS),
        remedy: file([SIX_NODES, THREE_COPIES], app('LOCAL_QUORUM', 'LOCAL_QUORUM'), NO_STALE_READS),
        source: DYNAMO,
    },
];
