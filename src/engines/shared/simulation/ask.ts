/** What a request meets on the node that it has been led to. */
import type { Attempt, Cause, Point, Steadiness, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';

/** Asks one server from where the connection is made. `wayMs` is what the request has travelled before, there and back. */
export function askServer(world: World, from: Point, node: NodeId, wayMs: number, cause: Cause): Attempt {
    const name = world.topology.nodes[node]!.name;
    switch (world.reach(from, node)) {
        case 'silent':
            return { outcome: 'hang', node, reason: `${name} does not answer`, ...(cause >= 0 && { cause }) };
        case 'refused':
            return {
                outcome: 'error',
                node,
                afterMs: wayMs + roundTrip(world, from, node),
                reason: `${name} refuses the connection`,
                ...(cause >= 0 && { cause }),
            };
        case 'open': {
            const afterMs = wayMs + roundTrip(world, from, node);
            const lacked = world.lackedBy(node);
            if (lacked === undefined) {
                return { outcome: 'ok', node, afterMs };
            }
            const because = lacked.cause >= 0 ? { cause: lacked.cause } : {};
            return { outcome: 'error', node, afterMs, reason: `${name} lacks ${lacked.what}`, ...because };
        }
    }
}

/**
 * As {@link askServer}, where a frozen process answers the requests that its host has accepted for it as soon as it goes on: they
 * are held under the node's number, and asked about by that.
 */
export function askPatiently(world: World, from: Point, node: NodeId, wayMs: number, cause: Cause): Attempt {
    const answer = askServer(world, from, node, wayMs, cause);
    return answer.outcome === 'hang' && hangs(world, from, node) ? { ...answer, held: node } : answer;
}

/**
 * The fault behind one node's hearing nothing of another: what befell the other, or the links of either if that one runs. -1:
 * neither was struck.
 */
export function whySilent(world: World, observer: NodeId, other: NodeId): Cause {
    const fault = world.lastFault(other);
    return fault < 0 || world.process(other) === 'running' ? Math.max(fault, world.lastFault(observer)) : fault;
}

/** Both directions carry messages wherever a connection is not silent. */
export function roundTrip(world: World, from: Point, to: Point): number {
    return world.delay(from, to) + world.delay(to, from);
}

/** Whether a connection to the server is made and then nothing comes: the host of a frozen process accepts for it. */
export function hangs(world: World, from: Point, node: NodeId): boolean {
    return world.process(node) === 'frozen' && connected(world, from, node);
}

export function connected(world: World, from: Point, to: Point): boolean {
    return world.delay(from, to) >= 0 && world.delay(to, from) >= 0;
}

/** How a request that can end in any of these ways ends, if they are all alike. */
export function steadinessOf(attempts: readonly Attempt[]): Steadiness {
    const [first] = attempts;
    if (first === undefined || first.outcome === 'hang') {
        return { kind: 'varies' };
    }
    if (first.outcome === 'ok') {
        const { afterMs, node, stale, cause } = first;
        const alike = attempts.every(
            (other) => other.outcome === 'ok' && other.afterMs === afterMs && other.stale === stale,
        );
        return alike
            ? { kind: 'ok', afterMs, node, ...(stale === true && { stale }), ...(cause !== undefined && { cause }) }
            : { kind: 'varies' };
    }
    const alike = attempts.every(
        (other) => other.outcome === 'error' && other.afterMs === first.afterMs && other.reason === first.reason,
    );
    const { afterMs, reason, node, cause } = first;
    return alike ? { kind: 'fails', afterMs, reason, node, ...(cause !== undefined && { cause }) } : { kind: 'varies' };
}
