/** Each delay of the documentation and the source, over many seeds: inside its bounds, and near both ends. */
import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../src/simulator/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { lakeText, SHELL, type LakeText } from './support/cluster.js';

const SEEDS = Array.from({ length: 1000 }, (_, index) => index + 1);

/** What is told of each seed but by clients; formulas that look at the same failure share the runs. */
const told = new Map<string, readonly (readonly TraceEvent[])[]>();

async function storiesOf(parts: LakeText): Promise<readonly (readonly TraceEvent[])[]> {
    const text = lakeText({ until: '120s', ...parts });
    const topology = await topologyOf(text);
    const stories =
        told.get(text) ?? SEEDS.map((seed) => runOf(topology, seed).trace.filter(({ kind }) => kind !== 'client'));
    told.set(text, stories);
    return stories;
}

/** How long after the first event the second one came, for every seed. */
async function delays(parts: LakeText, from: RegExp, to: RegExp): Promise<readonly number[]> {
    const at = (story: readonly TraceEvent[], event: RegExp): number =>
        story.find(({ text }) => event.test(text))!.atMs;
    return (await storiesOf(parts)).map((story) => at(story, to) - at(story, from));
}

const LOCK = /takes the lock/;
const ENDS_SESSION = /ends its session/;
const LEAVES = /leaves the election/;
const FAULT = /^(fail|crash|freeze|isolate) node/;
const ACTIVE = /is active$/;
const DEAD = /counts it as dead/;
const STALE = /counts it as stale/;
const FIVE_JOURNALS = `
    node nn-1 in dc.a as namenode  node nn-2 in dc.b as namenode
    nodes jn-[1..5] across zones as journalnode
    nodes zk-[1..3] across zones as zookeeper
    nodes dn-[1..3] across zones as datanode`;

/** Formula, what is set, the fault, from, to, least, most, and how near to the ends the seeds come. */
const TABLE: readonly (readonly [string, LakeText, RegExp, RegExp, number, number, number])[] = [
    [
        'a crash: next check, then one more connection',
        { steps: 'at 30s crash node nn-1', until: '50s' },
        FAULT,
        LEAVES,
        1_000,
        2_000,
        50,
    ],
    [
        'a hang: next check, then its timeout',
        { steps: 'at 30s freeze node nn-1', until: '80s' },
        FAULT,
        LEAVES,
        45_000,
        46_000,
        50,
    ],
    [
        'a silent host: its session, from the last ping to a whole tick',
        { steps: 'at 30s fail node nn-1' },
        FAULT,
        ENDS_SESSION,
        6_667,
        13_000,
        1_200,
    ],
    [
        'a session of 5 s',
        { steps: 'at 30s fail node nn-1', settings: 'ha.zookeeper.session-timeout.ms = 5000' },
        FAULT,
        ENDS_SESSION,
        3_334,
        8_000,
        1_200,
    ],
    [
        'a session is no shorter than two ticks',
        { steps: 'at 30s fail node nn-1', settings: 'ha.zookeeper.session-timeout.ms = 1000' },
        FAULT,
        ENDS_SESSION,
        2_667,
        7_000,
        1_200,
    ],
    ['another reaches for a free lock at once', { steps: 'at 30s fail node nn-1' }, ENDS_SESSION, LOCK, 1, 20, 1],
    [
        'fencing a silent host: twice 20 s to connect to it, 30 s for ssh',
        { steps: 'at 30s fail node nn-1' },
        LOCK,
        /is fenced by/,
        70_000,
        70_000,
        0,
    ],
    [
        'fencing by shell alone',
        { steps: 'at 30s fail node nn-1', fencing: SHELL },
        LOCK,
        /is fenced by/,
        40_000,
        40_000,
        0,
    ],
    [
        'fencing by shell after connecting as often and as long as is set',
        {
            steps: 'at 30s fail node nn-1',
            fencing: SHELL,
            settings: 'ha.failover-controller.graceful-fence.connection.retries = 2  ipc.client.connect.timeout = 3000',
        },
        LOCK,
        /is fenced by/,
        9_000,
        9_000,
        0,
    ],
    [
        'fencing a NameNode that hangs: it is connected to and has 5 s to answer',
        { steps: 'at 30s freeze node nn-1', until: '90s', fencing: SHELL },
        LOCK,
        /is fenced by/,
        5_000,
        5_000,
        0,
    ],
    [
        'a host that comes back while it is connected to: the next connection reaches it',
        { steps: 'at 30s isolate node nn-1  at 50s restore node nn-1', until: '90s', fencing: SHELL },
        LOCK,
        /stands by when it is asked to/,
        20_000,
        20_000,
        0,
    ],
    [
        'fencing a host that lives by ssh',
        { steps: 'at 30s crash node nn-1', until: '50s' },
        LOCK,
        /is fenced by/,
        1_000,
        1_000,
        0,
    ],
    ['catching up', { steps: 'at 30s crash node nn-1', until: '50s' }, /is fenced by/, ACTIVE, 0, 5_000, 60],
    [
        'catching up as it was measured',
        { steps: 'at 30s crash node nn-1', until: '50s', settings: 'assumed.namenode.catch-up-time = 1s' },
        /is fenced by/,
        ACTIVE,
        0,
        1_000,
        20,
    ],
    [
        'a whole failover after a crash: a check, the lock, a connection, the last edits',
        { steps: 'at 30s crash node nn-1', until: '50s' },
        FAULT,
        ACTIVE,
        2_001,
        8_020,
        500,
    ],
    [
        'a whole failover after a loss of power: the session, the lock, the fencing, the last edits',
        { steps: 'at 30s fail node nn-1' },
        FAULT,
        ACTIVE,
        76_668,
        88_020,
        2_500,
    ],
    [
        'fencing methods in their order: behind one that succeeds nothing is tried',
        {
            steps: 'at 30s fail node nn-1',
            fencing: 'dfs.ha.fencing.methods = "shell(/bin/true), sshfence"',
        },
        LOCK,
        /is fenced by/,
        40_000,
        40_000,
        0,
    ],
    [
        'fencing by ssh with a time of its own',
        { steps: 'at 30s fail node nn-1', settings: 'dfs.ha.fencing.ssh.connect-timeout = 3000' },
        LOCK,
        /is fenced by/,
        43_000,
        43_000,
        0,
    ],
    [
        'three of five JournalNodes that are silent',
        { nodes: FIVE_JOURNALS, steps: 'at 30s fail node jn-1, jn-2  at 40s fail node jn-3', until: '62s' },
        /^fail node jn-3/,
        /ends itself/,
        20_000,
        20_000,
        0,
    ],
    [
        'JournalNodes that are silent',
        { steps: 'at 30s fail node jn-1, jn-2', until: '52s' },
        FAULT,
        /ends itself/,
        20_000,
        20_000,
        0,
    ],
    [
        'JournalNodes that are silent to a standby that is to become active',
        { steps: 'at 30s fail node jn-1, jn-2', until: '220s' },
        /nn-1 is fenced by/,
        /nn-2 ends itself/,
        120_000,
        120_000,
        0,
    ],
    [
        'JournalNodes that refuse',
        { steps: 'at 30s crash node jn-1, jn-2', until: '32s' },
        FAULT,
        /ends itself/,
        0,
        0,
        0,
    ],
    [
        'a silent leader of ZooKeeper: syncLimit ticks since its last ping',
        { steps: 'at 30s freeze node zk-1', until: '42s' },
        FAULT,
        /has heard nothing/,
        9_000,
        10_000,
        120,
    ],
    [
        'an election of ZooKeeper: 200 ms and up to five attempts to join',
        { steps: 'at 30s crash node zk-1', until: '32s' },
        FAULT,
        /elect/,
        300,
        700,
        1,
    ],
    [
        'a stale DataNode: 30 s since its last heartbeat',
        { steps: 'at 30s crash node dn-1', until: '62s' },
        FAULT,
        STALE,
        27_000,
        30_000,
        50,
    ],
    [
        'a stale DataNode with shorter times',
        {
            steps: 'at 30s crash node dn-1',
            settings: 'dfs.namenode.stale.datanode.interval = 10s  dfs.heartbeat.interval = 1s',
            until: '42s',
        },
        FAULT,
        STALE,
        9_000,
        10_000,
        20,
    ],
    [
        'a dead DataNode: 630 s since its last heartbeat, at the next look',
        { steps: 'at 30s crash node dn-1', until: '17m' },
        FAULT,
        DEAD,
        627_000,
        930_000,
        5_000,
    ],
    [
        'a dead DataNode where stale ones are avoided',
        { steps: 'at 30s crash node dn-1', until: '13m', settings: 'dfs.namenode.avoid.write.stale.datanode = true' },
        FAULT,
        DEAD,
        627_000,
        660_000,
        1_500,
    ],
    [
        'a dead DataNode with shorter times',
        {
            steps: 'at 30s crash node dn-1',
            settings: 'dfs.namenode.heartbeat.recheck-interval = 10s  dfs.heartbeat.interval = 1s',
        },
        FAULT,
        DEAD,
        29_000,
        40_000,
        400,
    ],
    [
        'copies begin at the next round',
        {
            steps: 'at 30s crash node dn-1',
            settings: 'dfs.namenode.heartbeat.recheck-interval = 10s  dfs.heartbeat.interval = 1s',
        },
        DEAD,
        /copied anew/,
        0,
        3_000,
        60,
    ],
    [
        'a NameNode starts, and waits 30 s in safe mode',
        { steps: 'at 30s crash node nn-2  at 60s restart node nn-2', until: '121s' },
        /^restart/,
        /leaves safe mode/,
        60_000,
        60_000,
        0,
    ],
];

test.each(TABLE)('%s', async (_name, parts, from, to, least, most, near) => {
    const seen = await delays(parts, from, to);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...seen)).toBeLessThanOrEqual(most);
    expect(Math.min(...seen)).toBeLessThanOrEqual(least + near);
    expect(Math.max(...seen)).toBeGreaterThanOrEqual(most - near);
});
