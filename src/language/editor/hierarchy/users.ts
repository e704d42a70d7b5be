import { AstUtils, type AstNode } from 'langium';
import type { Range } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import { ownerOf } from '../../names/owner.js';
import type { ClusterServices } from '../../services.js';
import { occurrencesOf } from '../naming/occurrences.js';
import { partOfTarget, type Incoming, type Part } from './part.js';

/** Who says that it uses a cluster, a group or a shard, in all files; last, what it is a part of. */
export function usersOf(part: Part, services: ClusterServices): Incoming[] {
    const { declaration } = part;
    const users = new Map<AstNode, { from: Part; ranges: Range[] }>();
    for (const { cst } of occurrencesOf({ declarations: [declaration] }, services)) {
        const reference = cst.astNode;
        const from = ast.isTargetRef(reference) && names(reference, part) ? userOf(reference) : undefined;
        if (!from) continue;
        const user = users.get(from.declaration) ?? { from, ranges: [] };
        users.set(from.declaration, user);
        if (AstUtils.getDocument(reference) === AstUtils.getDocument(from.declaration)) {
            user.ranges.push(reference.$cstNode?.range ?? cst.range);
        }
    }
    return [...users.values(), ...wholeOf(part)];
}

/** Whoever uses a part of a cluster uses the cluster; of a shard only what names it. */
function names(reference: ast.TargetRef, { member }: Part): boolean {
    return member === undefined || partOfTarget(reference)?.member === member;
}

function userOf(reference: ast.TargetRef): Part | undefined {
    const place = reference.$container;
    if (ast.isDemand(place)) return { declaration: place.$container };
    if (ast.isNeed(place)) return { declaration: place.$container.$container, detail: place.$container.kind };
    if (ast.isSharedEndpoint(place)) return { declaration: place };
    if (!ast.isReplication(place) || place.target !== reference) return undefined;
    const source = partOfTarget((place as Partial<ast.Replication>).source ?? {});
    return source && { ...source, detail: 'replicates to it' };
}

function wholeOf({ declaration, member }: Part): Incoming[] {
    if (!ast.isShardGroup(declaration)) return [];
    const whole = member === undefined ? ownerOf(declaration) : declaration;
    return [{ from: { declaration: whole }, ranges: [] }];
}
