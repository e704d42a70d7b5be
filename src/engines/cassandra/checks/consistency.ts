/** What requests wait for, beside what objectives and scenarios promise. */
import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { needsGlobalQuorum, quorumOf } from '../consistency.js';
import { regionLoss, type Keyspace, type Request } from './keyspaces.js';

export function checkConsistency(context: EngineContext, keyspace: Keyspace): readonly Finding[] {
    return keyspace.requests.flatMap((request) => [
        ...anyCopy(request),
        ...allCopies(keyspace, request),
        ...eachQuorum(context, keyspace, request),
        ...globalQuorum(keyspace, request),
    ]);
}

function anyCopy(request: Request): readonly Finding[] {
    const { workload, demand, level } = request;
    if (level !== 'ANY') {
        return [];
    }
    if (demand.operation === 'read') {
        return [
            {
                code: 'cassandra/any-for-reads',
                severity: 'error',
                message: `${workload.name} reads with consistency ANY, which is for writes alone: Cassandra refuses the read.`,
                help: 'Use `consistency = LOCAL_ONE` or `LOCAL_QUORUM`.',
                source: sourceOf(request),
                fixes: consistencyFix(request, 'LOCAL_QUORUM'),
            },
        ];
    }
    return [
        {
            code: 'cassandra/consistency-any',
            severity: 'warning',
            message: `${workload.name} writes with consistency ANY: a hint on the coordinator is enough, so a write may be acknowledged that no replica has, that nobody can read yet, and that is lost with that one node.`,
            help: 'Use `consistency = LOCAL_QUORUM`.',
            source: sourceOf(request),
            fixes: consistencyFix(request, 'LOCAL_QUORUM'),
        },
    ];
}

function allCopies({ name }: Keyspace, request: Request): readonly Finding[] {
    const { workload, demand, level } = request;
    return level !== 'ALL'
        ? []
        : [
              {
                  code: 'cassandra/consistency-all',
                  severity: 'warning',
                  message: `${workload.name} ${demand.operation}s ${name} with consistency ALL: one node that is down fails every such request for its ranges.`,
                  help: 'Use `consistency = LOCAL_QUORUM` for reads and writes: together they see the latest write.',
                  source: sourceOf(request),
                  fixes: consistencyFix(request, 'LOCAL_QUORUM'),
              },
          ];
}

function eachQuorum(context: EngineContext, keyspace: Keyspace, request: Request): readonly Finding[] {
    const { workload, demand, level } = request;
    const objective = level === 'EACH_QUORUM' ? regionLoss(context, keyspace, demand.operation) : undefined;
    return objective === undefined || keyspace.parts.length < 2
        ? []
        : [
              {
                  code: 'cassandra/each-quorum-region-loss',
                  severity: 'warning',
                  message: `${workload.name} ${demand.operation}s with EACH_QUORUM, which needs a quorum in every datacenter: without one region none of these requests succeeds, and ${objective.name} reckons with that loss.`,
                  help: 'Use `consistency = LOCAL_QUORUM`, or do not promise to survive a region.',
                  source: sourceOf(request),
                  related: [{ source: objective.source, message: `${objective.name} is declared here.` }],
                  fixes: consistencyFix(request, 'LOCAL_QUORUM'),
              },
          ];
}

/** A quorum over all datacenters that one of them can take away. */
function globalQuorum({ name, parts, simple }: Keyspace, request: Request): readonly Finding[] {
    const total = parts.reduce((sum, { copies }) => sum + copies, 0);
    const decisive = parts.find(({ copies }) => total - copies < quorumOf(total));
    return !needsGlobalQuorum(request.level) || simple || parts.length < 2 || decisive === undefined
        ? []
        : [
              {
                  code: 'cassandra/quorum-across-datacenters',
                  severity: 'warning',
                  message: `${request.workload.name} asks ${name} for ${String(request.level)}, which is ${String(quorumOf(total))} of all ${String(total)} copies: each request waits for another datacenter, and without ${decisive.name} only ${String(total - decisive.copies)} copies are left.`,
                  help: 'Use `consistency = LOCAL_QUORUM`, or a third datacenter.',
                  source: sourceOf(request),
                  fixes: request.level === 'QUORUM' ? consistencyFix(request, 'LOCAL_QUORUM') : [],
              },
          ];
}

/** Where the consistency is written; the whole demand where the default counts. */
export function sourceOf({ demand }: Pick<Request, 'demand'>): Finding['source'] {
    return demand.settings.findLast(({ key }) => key === 'consistency')?.source ?? demand.source;
}

export function consistencyFix({ demand }: Pick<Request, 'demand'>, level: string): NonNullable<Finding['fixes']> {
    const setting = demand.settings.findLast(({ key }) => key === 'consistency');
    return setting === undefined
        ? []
        : [
              {
                  kind: 'replace',
                  title: `Use consistency = ${level}`,
                  source: setting.source,
                  text: `consistency = ${level}`,
              },
          ];
}
