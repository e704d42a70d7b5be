/** Replicas, in-sync replicas and unclean elections of a topic. */
import type { Finding, Fix } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useReplicas, useSetting } from '../../shared/checks/fixes.js';
import { capsInSync } from '../config.js';
import { isBroker } from '../roles.js';
import { losesNothing, type Topic } from './topics.js';

export function checkDurability(context: EngineContext, topic: Topic): readonly Finding[] {
    return [
        ...(topic.copies === 1 ? [oneReplica(context, topic)] : inSync(context, topic)),
        ...(topic.minInsync > topic.copies ? [minInsyncAbove(context, topic)] : []),
        ...uncleanElection(context, topic),
    ];
}

function oneReplica(context: EngineContext, topic: Topic): Finding {
    return {
        code: 'kafka/one-replica',
        severity: 'warning',
        message: `${topic.name} has one replica: while its broker is down it can be neither read nor written, and if that disk is lost so is the data.`,
        help: 'Give it three replicas.',
        source: topic.source,
        fixes: threeReplicas(context, topic),
    };
}

function inSync(context: EngineContext, topic: Topic): readonly Finding[] {
    const { name, source, copies, minInsync } = topic;
    if (!topic.waitsForAll) {
        return [];
    }
    if (minInsync === copies) {
        return [
            {
                code: 'kafka/min-insync-equals-replicas',
                severity: 'warning',
                message: `A write to ${name} with acks=all needs all ${String(copies)} replicas in sync: while one broker is down every such write is refused.`,
                help:
                    copies > 2
                        ? `Set \`min.insync.replicas = ${String(copies - 1)}\`.`
                        : 'Use three replicas with `min.insync.replicas = 2`.',
                source,
                fixes: copies > 2 ? withMinInsync(topic, copies - 1) : withReplicas(context, topic, 3),
            },
        ];
    }
    return minInsync > 1
        ? []
        : [
              {
                  code: 'kafka/min-insync-one',
                  severity: 'warning',
                  message: `${name} takes writes with acks=all while a single replica is in sync: what is acknowledged then has one copy, and is lost with that broker’s disk.`,
                  help:
                      copies > 2
                          ? 'Set `min.insync.replicas = 2`.'
                          : 'Use three replicas with `min.insync.replicas = 2`.',
                  source,
                  fixes: copies > 2 ? withMinInsync(topic, 2) : [],
              },
          ];
}

function minInsyncAbove(context: EngineContext, topic: Topic): Finding {
    const { name, source, copies, minInsync } = topic;
    return {
        code: 'kafka/min-insync-above-replicas',
        severity: 'warning',
        message: `${name} asks for ${String(minInsync)} in-sync replicas and has ${String(copies)}. ${
            capsInSync(context)
                ? `From 3.7 on brokers then require all ${String(copies)}, so that one broker that is down stops every write with acks=all.`
                : 'Brokers before 3.7 refuse every write with acks=all then.'
        }`,
        help:
            copies > 2
                ? `Set \`min.insync.replicas = ${String(copies - 1)}\`.`
                : 'Use three replicas, two of them in sync.',
        source,
        fixes: copies > 2 ? withMinInsync(topic, copies - 1) : [],
    };
}

function uncleanElection(context: EngineContext, topic: Topic): readonly Finding[] {
    const objective = losesNothing(
        context.topology,
        topic.partitions.map(({ id }) => id),
    );
    if (
        objective === undefined ||
        !context.boolean('unclean.leader.election.enable', { shard: topic.partitions[0]! })
    ) {
        return [];
    }
    return [
        {
            code: 'kafka/unclean-election-loses-writes',
            severity: 'warning',
            message: `${topic.name} lets a replica lead that is not in sync, which drops acknowledged writes, and ${objective.name} lets none be lost.`,
            help: 'Set `unclean.leader.election.enable = false`, or allow the loss in the objective.',
            source: topic.source,
            related: [{ source: objective.source, message: `${objective.name} is declared here.` }],
            fixes: withSetting(topic, 'unclean.leader.election.enable', 'false'),
        },
    ];
}

/** A topic that says nothing about its copies gets all at once: three alone would leave one in sync as enough. */
function threeReplicas(context: EngineContext, topic: Topic): readonly Fix[] {
    const { group } = topic;
    const fixes = withReplicas(context, topic, 3);
    if (group === undefined || group.settings.length > 0 || topic.minInsync > 1 || fixes.length === 0) {
        return fixes;
    }
    return [
        {
            kind: 'add-statement',
            title: 'Use 3 replicas, two of them in sync',
            declaration: group.source,
            text: 'replicas 3\nsettings { min.insync.replicas = 2 }',
        },
        ...fixes,
    ];
}

/** Replicas in the topic's block mend nothing where partitions are placed by hand. */
function withReplicas({ cluster }: EngineContext, { group, partitions }: Topic, replicas: number): readonly Fix[] {
    const brokers = cluster.members.filter(isBroker).length;
    if (group === undefined || brokers < replicas || partitions.some(({ placedBy }) => placedBy === 'file')) {
        return [];
    }
    return [useReplicas(group.source, replicas)];
}

function withMinInsync(topic: Topic, minimum: number): readonly Fix[] {
    return withSetting(topic, 'min.insync.replicas', String(minimum));
}

function withSetting({ group }: Topic, key: string, value: string): readonly Fix[] {
    return group === undefined ? [] : [useSetting(group.source, key, value)];
}
