/** What producers ask for, beside what objectives promise. */
import { setDuration, shardsOf, type Demand, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { producerTimes } from '../patience.js';
import { acksOf, isHasty, losesNothing } from './topics.js';

/** Producers that Kafka refuses to make: a record must have the time for one request (KafkaProducer.configureDeliveryTimeout). */
export function checkPatience(context: EngineContext): readonly Finding[] {
    const { topology, cluster, version } = context;
    return topology.workloads.flatMap(({ name, demands }) =>
        demands.flatMap(({ operation, target, settings }) => {
            const setting = settings.findLast(({ key }) => key === 'delivery.timeout.ms');
            const isOurs = operation === 'write' && target.kind !== 'workload' && target.cluster === cluster.id;
            const times = isOurs && setting !== undefined ? producerTimes(settings, version) : undefined;
            if (setting === undefined || times === undefined || times.deliveryMs <= times.writtenDeliveryMs) {
                return [];
            }
            const least = setDuration(times.deliveryMs);
            return [
                {
                    code: 'kafka/delivery-timeout-too-short',
                    severity: 'error',
                    message: `${name} gives up a record after ${setDuration(times.writtenDeliveryMs)}, and one request may take ${least} (\`request.timeout.ms\` and \`linger.ms\` together), so its producer does not start.`,
                    help: `Set \`delivery.timeout.ms\` to ${least} at least, or shorten \`request.timeout.ms\`.`,
                    source: setting.source,
                    fixes: [
                        {
                            kind: 'replace',
                            title: `Use delivery.timeout.ms = ${String(times.deliveryMs)}`,
                            source: setting.source,
                            text: `delivery.timeout.ms = ${String(times.deliveryMs)}`,
                        },
                    ],
                },
            ];
        }),
    );
}

/** Producers that do not wait for the followers, where no acknowledged write may be lost. */
export function checkClients(context: EngineContext): readonly Finding[] {
    const { topology, cluster } = context;
    const own = new Set(cluster.shards);
    return topology.workloads.flatMap(({ name, demands }) =>
        demands.flatMap((demand) => {
            const written = shardsOf(topology, demand.target).filter((id) => own.has(id));
            return demand.operation === 'write' && written.length > 0 && isHasty(acksOf(demand))
                ? lossFindings(context, name, demand)
                : [];
        }),
    );
}

function lossFindings({ topology }: EngineContext, workload: string, demand: Demand): readonly Finding[] {
    const objective = losesNothing(topology, shardsOf(topology, demand.target));
    const setting = demand.settings.findLast(({ key }) => key === 'acks');
    if (objective === undefined || setting === undefined) {
        return [];
    }
    const acks = acksOf(demand) ?? '';
    return [
        {
            code: 'kafka/acks-lose-writes',
            severity: 'warning',
            message:
                acks === '0'
                    ? `${workload} writes to ${demand.target.text} without waiting for any answer, so writes may be lost on the way, and ${objective.name} lets none be lost.`
                    : `${workload} waits for the leader of ${demand.target.text} alone: what no follower has copied is lost when that leader dies, and ${objective.name} lets no write be lost.`,
            help: 'Use `acks = all`, or allow the loss in the objective.',
            source: setting.source,
            related: [{ source: objective.source, message: `${objective.name} is declared here.` }],
            fixes: [{ kind: 'replace', title: 'Use acks = all', source: setting.source, text: 'acks = all' }],
        },
    ];
}
