/** What a run takes for granted of those who watch the servers and fence them, of whom the file says nothing. */
import type { World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { connected } from '../../shared/simulation/index.js';
import type { ActiveFront } from '../front.js';

/** Links among the servers are cut, and whoever watches them would see it otherwise than from one of their places. */
export function assumeWatcher(world: World, { detection }: ActiveFront, servers: readonly NodeId[]): void {
    const seen = servers.filter((node) => connected(world, world.outside, node));
    const isDivided = seen.some((one) => seen.some((other) => !connected(world, one, other)));
    if (detection !== undefined && isDivided) {
        const who = detection.kind === 'lease' ? 'The store that holds the lease' : 'Whoever watches the servers';
        const brief = `${who} of ${world.cluster.name} stands outside all places`;
        world.assume({
            brief,
            sentence:
                `${brief} and still reaches those that no longer reach each other, so none of them counts as gone. Where the servers ` +
                'watch each other instead, each side may make one of its own active.',
        });
    }
}

/** A server is fenced that runs and answers nobody. */
export function assumeFence(world: World, { fence }: ActiveFront, old: NodeId): void {
    const { cluster, outside, topology } = world;
    if (fence && world.process(old) === 'running' && world.reach(outside, old) !== 'open') {
        const { name } = topology.nodes[old]!;
        const brief = `fencing switches ${name} of ${cluster.name} off at once`;
        world.assume({
            brief,
            sentence: `It is taken for granted that ${brief} although nobody reaches it over the network.`,
        });
    }
}

/** A frozen server is thawed after another took its place. https://patroni.readthedocs.io/en/latest/watchdog.html */
export function assumeStepBack(world: World, { detection }: ActiveFront, node: NodeId): void {
    const { cluster, topology } = world;
    const brief = `${topology.nodes[node]!.name} of ${cluster.name} serves nobody once it is thawed`;
    const otherwise =
        detection?.kind === 'lease'
            ? 'PostgreSQL answers until its Patroni has run a loop, unless a watchdog has reset the host by then'
            : 'a server that nobody has fenced answers until it learns that it was replaced';
    world.assume({
        brief,
        sentence: `It is taken for granted that ${brief}; ${otherwise}, and what it acknowledges in that time is lost.`,
    });
}
