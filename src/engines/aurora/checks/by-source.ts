import type { Member } from '../../../topology/index.js';

/** Members that one statement declares are one finding. */
export function bySource(members: readonly Member[]): readonly (readonly [Member, ...Member[]])[] {
    const groups = new Map<Member['source'], [Member, ...Member[]]>();
    for (const member of members) {
        const group = groups.get(member.source);
        if (group === undefined) {
            groups.set(member.source, [member]);
        } else {
            group.push(member);
        }
    }
    return [...groups.values()];
}
