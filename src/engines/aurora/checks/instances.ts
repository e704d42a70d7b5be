/** Whether there are instances to promote, and not too many. */
import { counted, type Finding, type Fix } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { resizeTo } from '../../shared/checks/fixes.js';
import { primariesOf, secondariesOf } from '../../shared/replications.js';

const MOST_READERS = 15;
const PLAIN_NAME = /^[A-Za-z_](?:-*[A-Za-z0-9_])*$/;

export function checkInstances(context: EngineContext): readonly Finding[] {
    return [...tooMany(context), ...withoutReader(context)];
}

function tooMany(context: EngineContext): readonly Finding[] {
    const { cluster } = context;
    const { limit, because } = instanceLimit(context);
    const count = cluster.members.length;
    if (count <= limit) {
        return [];
    }
    return [
        {
            code: 'aurora/too-many-instances',
            severity: 'error',
            message: `${cluster.name} has ${counted(count, 'instance')}, and ${because}.`,
            help: `Use at most ${String(limit)} instances, or larger ones.`,
            source: cluster.source,
            fixes: resizeTo(
                cluster.members.map(({ source }) => source),
                limit,
                `Use ${String(limit)} instances`,
            ),
        },
    ];
}

/** Every secondary Region takes one reader from the primary; a secondary has no writer and may have one reader more. */
function instanceLimit(context: EngineContext): { readonly limit: number; readonly because: string } {
    const secondaries = secondariesOf(context).length;
    if (primariesOf(context).length > 0) {
        return { limit: MOST_READERS + 1, because: 'a secondary cluster of a Global Database has at most 16 readers' };
    }
    const readers = MOST_READERS - secondaries;
    const because =
        secondaries === 0
            ? 'Aurora allows one writer and 15 readers'
            : `with ${counted(secondaries, 'secondary cluster')} Aurora allows one writer and ${String(readers)} readers`;
    return { limit: readers + 1, because };
}

/** A secondary has no writer to lose: its one reader is a choice that is often made. */
function withoutReader(context: EngineContext): readonly Finding[] {
    const { cluster } = context;
    const [only, ...others] = cluster.members;
    if (only === undefined || others.length > 0 || primariesOf(context).length > 0) {
        return [];
    }
    const name = context.topology.nodes[only.node]!.name;
    return [
        {
            code: 'aurora/no-reader',
            severity: 'warning',
            message: `${name} is the only instance of ${cluster.name}: when it fails there is no reader to promote, and Aurora creates an instance anew in the same zone, which typically takes up to 10 minutes; if the zone fails, somebody has to create one in another.`,
            help: 'Add a reader in another zone.',
            source: cluster.source,
            fixes: readerElsewhere(context),
        },
    ];
}

function readerElsewhere({ cluster, topology }: EngineContext): readonly Fix[] {
    const writer = topology.nodes[cluster.members.at(0)?.node ?? -1];
    const zone = topology.zones.find(({ id, region }) => region === writer?.region && id !== writer.zone);
    if (writer === undefined || zone === undefined) {
        return [];
    }
    const name = `${writer.name}-reader`;
    const isPlain = [name, ...zone.qualifiedName.split('.')].every((part) => PLAIN_NAME.test(part));
    const isTaken = topology.nodes.some((node) => node.name === name);
    return isPlain && !isTaken
        ? [
              {
                  kind: 'add-statement',
                  title: `Add a reader in ${zone.qualifiedName}`,
                  declaration: cluster.source,
                  text: `node ${name} in ${zone.qualifiedName}`,
              },
          ]
        : [];
}
