import type { Cause, World } from '../../../simulator/index.js';
import type { Member, NodeId } from '../../../topology/index.js';
import type { VipFront } from '../front.js';
import { DEFAULT_PRIORITY } from '../timers.js';

/** `fault`: the member's own check says that its service is dead. `down`: it does not run. */
type Role = 'master' | 'backup' | 'fault' | 'down';

export interface Router {
    readonly node: NodeId;
    readonly name: string;
    /** Position among the members: the tie-break among equal priorities, see {@link outranks}. */
    readonly rank: number;
    readonly priority: number;
    role: Role;
    /** Number of this mastership: adverts of earlier ones are void. */
    term: number;
    /** When and from whom it last heard an advert that counted. */
    heardMs: number;
    heardFrom: Router | undefined;
    /** A master of lower priority that it hears and means to replace. */
    weaker: Router | undefined;
    /** Until then it respects a master of lower priority; undefined: it has heard none since it became a backup. */
    patientUntilMs: number | undefined;
    /** The event that told it that the master gave up. */
    resignation: Cause;
    /** The event since which it listens for a master anew: its host or its service is back; -1: it never was away. */
    returned: Cause;
    /** The event in which it last took the address; -1: it has held it from the start, or never did. */
    promotion: Cause;
    /** The larger, the later it announced that it holds the address. */
    announcement: number;
}

export function routerOf(world: World, { node, priority }: Member, rank: number): Router {
    return {
        node,
        name: world.topology.nodes[node]!.qualifiedName,
        rank,
        priority: priority ?? DEFAULT_PRIORITY,
        role: 'backup',
        term: 0,
        heardMs: 0,
        heardFrom: undefined,
        weaker: undefined,
        patientUntilMs: undefined,
        resignation: -1,
        returned: -1,
        promotion: -1,
        announcement: 0,
    };
}

/**
 * Whether a backup goes on waiting for a master of this priority. The preempt delay begins with the first advert of a weaker
 * master, not with the router's return, and anew after one of a stronger (keepalived, vrrp.c: vrrp_state_backup).
 */
export function respects(
    router: Router,
    priority: number,
    { preempt, preemptDelayMs }: VipFront,
    now: number,
): boolean {
    if (!preempt) {
        return true;
    }
    if (priority >= router.priority) {
        router.patientUntilMs = undefined;
        return true;
    }
    router.patientUntilMs ??= now + preemptDelayMs;
    return now < router.patientUntilMs;
}

/**
 * Equal priorities are decided by the members' own IP addresses, which a file does not tell: they are assumed to rise in
 * the order of declaration.
 */
export function outranks(one: Router, other: Router): boolean {
    return one.priority === other.priority ? one.rank > other.rank : one.priority > other.priority;
}
