/** Settings under which a primary is given up too soon, or no replica may take its place. */
import { listed, setDuration, type Finding, type Member, type Setting, type Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useSetting } from '../../shared/checks/fixes.js';
import { CRON_MS, ELECTION_DELAY_MS, ELECTION_JITTER_MS, maximumDataAgeMs } from '../config.js';

const NO_FAILOVER = 'cluster-replica-no-failover';
const VALIDITY = 'cluster-replica-validity-factor';
const TIMEOUT = 'cluster-node-timeout';

export function checkFailover(context: EngineContext): readonly Finding[] {
    return [...shortTimeout(context), ...noPromotion(context), ...tooStale(context)];
}

function shortTimeout(context: EngineContext): readonly Finding[] {
    const timeout = context.duration(TIMEOUT);
    const setting = context.written(TIMEOUT);
    if (setting === undefined || timeout >= 1000) {
        return [];
    }
    return [
        {
            code: 'redis/short-node-timeout',
            severity: 'warning',
            message: `A node timeout of ${String(timeout)} ms takes short pauses for failures: every one of them costs a failover.`,
            help: 'Use at least 1000; the default is 15000.',
            source: setting.source,
            fixes: [useSetting(context.cluster.source, TIMEOUT, '15000')],
        },
    ];
}

/** Shards whose every replica is told to stay one. */
function noPromotion(context: EngineContext): readonly Finding[] {
    const bySetting = new Map<Setting, [Shard, ...Shard[]]>();
    for (const shard of shardsOf(context)) {
        const replicas = replicasOf(context, shard);
        const barring = replicas.flatMap((member) =>
            context.boolean(NO_FAILOVER, { member, shard })
                ? (context.written(NO_FAILOVER, { member, shard }) ?? [])
                : [],
        );
        const [first] = barring;
        if (first !== undefined && barring.length === replicas.length) {
            const known = bySetting.get(first);
            if (known === undefined) {
                bySetting.set(first, [shard]);
            } else {
                known.push(shard);
            }
        }
    }
    return [...bySetting].map(([setting, shards]) => ({
        code: 'redis/no-promotion',
        severity: 'warning',
        message: `No replica of ${listed(
            shards.map(({ name }) => name),
            { limit: 3 },
        )} stands for election, since \`${NO_FAILOVER}\` keeps all of them from it: when a primary fails, nobody takes over until an operator promotes a replica by hand.`,
        help: 'Let at least one replica of each shard stand for election, or plan who runs `CLUSTER FAILOVER FORCE` and how soon.',
        source: setting.source,
        fixes: [
            {
                kind: 'replace',
                title: `Set ${NO_FAILOVER} = no`,
                source: setting.source,
                text: `${NO_FAILOVER} = no`,
            },
        ],
    }));
}

/**
 * Replicas that may count as too stale although nothing but their primary has failed. In the worst case the primary has sent
 * nothing for `repl-ping-replica-period`, is suspected after one and a half node timeouts, and the others agree half a
 * timeout later; then the replica waits before it asks for votes.
 */
function tooStale(context: EngineContext): readonly Finding[] {
    const timeout = context.duration(TIMEOUT);
    const election = 2 * timeout + ELECTION_DELAY_MS + ELECTION_JITTER_MS + 5 * CRON_MS;
    const told = new Set<Setting>();
    return shardsOf(context).flatMap((shard) =>
        replicasOf(context, shard).flatMap((member): Finding[] => {
            const at = { member, shard };
            const setting = context.written(VALIDITY, at);
            const longest = timeout + maximumDataAgeMs(context, at);
            const cutOff = election + context.duration('repl-ping-replica-period', at);
            if (setting === undefined || cutOff <= longest || told.has(setting)) {
                return [];
            }
            told.add(setting);
            const enough = Math.ceil((election - timeout) / timeout);
            return [
                {
                    code: 'redis/replicas-too-stale',
                    severity: 'warning',
                    message: `A replica that has heard nothing from its primary for ${setDuration(longest)} does not stand for election, and until the loss of a primary is agreed on and the election begins, up to ${setDuration(cutOff)} pass: ${shard.name} may get no new primary.`,
                    help: `Use a factor of at least ${String(enough)}; the default is 10, and 0 lets every replica stand.`,
                    source: setting.source,
                    fixes: [
                        {
                            kind: 'replace',
                            title: `Set ${VALIDITY} = 10`,
                            source: setting.source,
                            text: `${VALIDITY} = 10`,
                        },
                    ],
                },
            ];
        }),
    );
}

function shardsOf({ cluster, topology }: EngineContext): readonly Shard[] {
    return cluster.shards.map((id) => topology.shards[id]!);
}

function replicasOf({ cluster }: EngineContext, { copies }: Shard): readonly Member[] {
    return copies.slice(1).flatMap((node) => cluster.members.find((member) => member.node === node) ?? []);
}
