/** How a cluster notices that a node is gone and elects another manager. */
import type { SettingSpec } from '../../engine.js';
import { CLUSTER, DURATION, NODE, TEXT, TRUE_FALSE, unused, used, type SettingSources } from './types.js';

/** Words and figures in which the products differ. */
export interface CoordinationWords {
    /** The elected node: `master`. */
    readonly manager: string;
    /** The key that names the first voters. */
    readonly initialKey: string;
    /** How often a node's disk is tried, in ms. */
    readonly diskCheckMs: number;
    /** Defaults of `discovery.probe.connect_timeout` and `discovery.probe.handshake_timeout`. */
    readonly probes: Readonly<Record<'connect' | 'handshake', Pick<SettingSpec, 'default' | 'defaultsSince'>>>;
}

export function coordination(sources: SettingSources, words: CoordinationWords): readonly SettingSpec[] {
    return [
        ...checks('follower', `The ${words.manager} asks every other node`, 'removes it from the cluster', sources),
        ...checks('leader', `Every node asks the ${words.manager}`, `looks for another ${words.manager}`, sources),
        used({
            key: 'cluster.follower_lag.timeout',
            type: DURATION,
            default: 90_000,
            scope: CLUSTER,
            documentation: `A node that has not applied a change of the cluster state this long after it was committed is removed. Together with \`cluster.publish.timeout\` that is two minutes after the change began.`,
            source: sources.detection,
        }),
        used({
            key: 'cluster.publish.timeout',
            type: DURATION,
            default: 30_000,
            scope: CLUSTER,
            documentation: `A ${words.manager} whose change of the cluster state is not confirmed by a majority of the voters within this time gives the change up and steps down.`,
            source: sources.publishing,
        }),
        ...elections(sources),
        used({
            key: 'cluster.auto_shrink_voting_configuration',
            type: TRUE_FALSE,
            default: true,
            scope: CLUSTER,
            documentation:
                'Whether voters that have left lose their vote, as long as three are left. Nodes lost one after the other then do less harm than the same nodes lost at once.',
            source: sources.discovery,
        }),
        unused({
            key: words.initialKey,
            type: TEXT,
            default: undefined,
            scope: NODE,
            documentation:
                'Names of the nodes that vote in the very first election. It is for the birth of a cluster alone and should be removed afterwards.',
            source: sources.discovery,
        }),
        ...probes(sources, words),
        ...diskHealth(sources, words),
    ];
}

function checks(whom: string, who: string, consequence: string, { detection }: SettingSources): readonly SettingSpec[] {
    const prefix = `cluster.fault_detection.${whom}_check`;
    return [
        used({
            key: `${prefix}.interval`,
            type: DURATION,
            default: 1_000,
            scope: CLUSTER,
            documentation: `${who} whether it is well, and waits this long before it asks again.`,
            source: detection,
        }),
        used({
            key: `${prefix}.timeout`,
            type: DURATION,
            default: 10_000,
            scope: CLUSTER,
            documentation: `How long the answer may take. A node without power gives none, and with the defaults it takes 32 to 33 s until that is believed; a closed connection counts at once.`,
            source: detection,
        }),
        used({
            key: `${prefix}.retry_count`,
            type: { kind: 'number', minimum: 1 },
            default: 3,
            scope: CLUSTER,
            documentation: `Checks in a row that must fail before the one who asks ${consequence}.`,
            source: detection,
        }),
    ];
}

function elections({ discovery }: SettingSources): readonly SettingSpec[] {
    const spec = (name: string, value: number, documentation: string): SettingSpec =>
        used({
            key: `cluster.election.${name}`,
            type: DURATION,
            default: value,
            scope: CLUSTER,
            documentation,
            source: discovery,
        });
    return [
        spec('initial_timeout', 100, 'A node that wants to be elected waits a random time up to this before it tries.'),
        spec('back_off_time', 100, 'By how much the random wait may grow with each try that failed.'),
        spec('max_timeout', 10_000, 'The random wait before a try never exceeds this.'),
        spec('duration', 500, 'How long a try may take before the node takes it for failed.'),
    ];
}

function probes({ discovery }: SettingSources, words: CoordinationWords): readonly SettingSpec[] {
    return [
        unused({
            key: 'cluster.join.timeout',
            type: DURATION,
            default: 60_000,
            scope: CLUSTER,
            documentation: 'How long a node waits for its request to join a cluster before it tries again.',
            source: discovery,
        }),
        used({
            key: 'discovery.find_peers_interval',
            type: DURATION,
            default: 1_000,
            scope: CLUSTER,
            documentation: `How often a node that knows no ${words.manager} tries the master-eligible nodes that it has not reached, and asks the others who the ${words.manager} is. A node that was cut off joins again so long after the cut heals, or later: a connection that is being tried goes on as TCP does, after 1, 3, 7 and 15 s.`,
            source: discovery,
        }),
        used({
            key: 'discovery.probe.connect_timeout',
            type: DURATION,
            ...words.probes.connect,
            scope: CLUSTER,
            documentation:
                'How long a node that looks for others waits for a connection to one of them. The next interval begins another.',
            source: discovery,
        }),
        used({
            key: 'discovery.probe.handshake_timeout',
            type: DURATION,
            ...words.probes.handshake,
            scope: CLUSTER,
            documentation: 'How long a node that looks for others waits until one of them says who it is.',
            source: discovery,
        }),
    ];
}

function diskHealth({ detection }: SettingSources, { diskCheckMs }: CoordinationWords): readonly SettingSpec[] {
    return [
        unused({
            key: 'monitor.fs.health.enabled',
            type: TRUE_FALSE,
            default: true,
            scope: NODE,
            documentation:
                'Whether a node writes to its disk now and then, and is removed from the cluster if it cannot.',
            source: detection,
        }),
        unused({
            key: 'monitor.fs.health.refresh_interval',
            type: DURATION,
            default: diskCheckMs,
            scope: NODE,
            documentation: 'How often a node tries its disk.',
            source: detection,
        }),
    ];
}
