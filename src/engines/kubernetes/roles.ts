/** Which members run what. */
import type { Member } from '../../topology/index.js';

export const CONTROL_PLANE = 'control-plane';
export const ETCD = 'etcd';
export const WORKER = 'worker';

/** Pods run on workers; a node without any role is one, as in the real system. */
export function isWorker({ roles }: Member): boolean {
    return roles.length === 0 || roles.includes(WORKER);
}

export function isControlPlane({ roles }: Member): boolean {
    return roles.includes(CONTROL_PLANE);
}

/** etcd runs beside every API server (stacked), unless some members are said to run it. */
export function etcdMembers(members: readonly Member[]): readonly Member[] {
    const external = members.filter(({ roles }) => roles.includes(ETCD));
    return external.length > 0 ? external : members.filter(isControlPlane);
}
