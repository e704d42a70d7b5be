/** The parts that nodes play. */
import { counted, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { isBroker, isController } from '../roles.js';
import { racksOf } from './places.js';

export function checkMembers(context: EngineContext): readonly Finding[] {
    return [...noController(context), ...combined(context), ...partlyRacked(context)];
}

function noController({ cluster }: EngineContext): readonly Finding[] {
    if (cluster.members.length === 0 || cluster.members.some(isController)) {
        return [];
    }
    return [
        {
            code: 'kafka/no-controller',
            severity: 'error',
            message: `${cluster.name} has no controller: brokers register with the controllers before they serve anything, so the cluster does not start.`,
            help: 'Add three, for example `nodes ctl-[1..3] across zones as controller`.',
            source: cluster.source,
            fixes: [
                {
                    kind: 'add-statement',
                    title: 'Add three controllers',
                    declaration: cluster.source,
                    text: 'nodes ctl-[1..3] across zones as controller',
                },
            ],
        },
    ];
}

function combined({ cluster }: EngineContext): readonly Finding[] {
    const both = cluster.members.filter((member) => isBroker(member) && isController(member));
    return both.length === 0
        ? []
        : [
              {
                  code: 'kafka/combined-roles',
                  severity: 'information',
                  message: `${counted(both.length, 'node')} of ${cluster.name} ${both.length === 1 ? 'is' : 'are'} broker and controller at once: the controllers cannot be restarted, scaled or relieved of load without the brokers. Kafka advises against it for critical use.`,
                  help: 'Give the controllers nodes of their own: `as controller` and `as broker`.',
                  source: both[0]!.source,
              },
          ];
}

/** Brokers with a rack beside others without: those without count as one more rack. */
function partlyRacked(context: EngineContext): readonly Finding[] {
    const racks = racksOf(context);
    const bare = [...racks].filter(([, rack]) => rack === undefined).map(([node]) => node);
    if (bare.length === 0 || bare.length === racks.size) {
        return [];
    }
    const first = context.cluster.members.find(({ node }) => node === bare[0]);
    return [
        {
            code: 'kafka/rack-on-some-brokers',
            severity: 'warning',
            message: `${counted(bare.length, 'broker')} of ${context.cluster.name} ${bare.length === 1 ? 'has' : 'have'} no rack and the others have one: those without count as a rack of their own, wherever they stand, so replicas that seem to be spread may not be.`,
            help: 'Let every broker stand in a zone, or give it a `rack`.',
            source: first?.source ?? context.cluster.source,
        },
    ];
}
