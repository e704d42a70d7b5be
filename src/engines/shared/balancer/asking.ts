/** What a check asks: no file says it, and what that decides is said with the run. */
import type { World } from '../../../simulator/index.js';
import type { Balancing } from './balancing.js';

/** To be called when checks have taken out a server that hangs. */
export function assumeRequests(world: World, { address }: Balancing): void {
    const brief = `the checks of ${address} ask over HTTP`;
    world.assume({
        brief,
        sentence:
            `It is taken for granted that ${brief}. One that only connects takes a server that hangs for healthy, since its host ` +
            'accepts the connection, and requests go on failing there until somebody ends it.',
    });
}
