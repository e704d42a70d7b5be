/** Shards and copies that the file places itself: `shard s-1 on cache-1, cache-5`, `partition 0 on brk-1`, `pod 0 on worker-1`. */
import type { GroupWord } from '../../engines/index.js';
import { listed, parseCount, type NodeId } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { writtenName } from '../names/quoting.js';
import { plainNodeOf } from './references.js';
import { removal } from './report.js';
import { nameSource, sourceOf, sourceOfProperty } from './source.js';
import type { Resolution } from './state.js';
import type { Workshop } from './workshop.js';

/** `partition 0 on brk-1, brk-2` in its group's block. */
export function placeInGroup(
    item: ast.PlacedShard,
    word: GroupWord,
    byHand: Map<string, ast.PlacedShard>,
    { resolution }: Workshop,
): void {
    const group = item.$container;
    const number = (item.shard.value as ast.PropertyValue | undefined)?.value ?? '';
    const index = parseCount(number);
    if (item.shard.key !== word.placedWord) {
        resolution.report.error(
            'language/unknown-word',
            sourceOfProperty(item.shard, 'key'),
            `'${item.shard.key}' places nothing in a ${word.word}.`,
            `Write ${word.placedWord} ${number || '0'} on ….`,
        );
        return;
    }
    const isNumbered = word.form !== 'each-name-one-shard';
    const name = isNumbered ? `${group.name}.${String(index ?? number)}` : number;
    const first = byHand.get(name);
    if (first || (isNumbered && (index === undefined || index < 0))) {
        resolution.report.error(
            first ? 'language/duplicate' : 'language/out-of-bounds',
            sourceOf(item.shard),
            first
                ? `${word.placedWord} ${number} has a place already.`
                : `'${number}' is no number of a ${word.placedWord}.`,
            first ? 'Remove one of the two lines.' : 'Count from 0.',
            first && [{ source: sourceOf(first), message: 'It is placed here first.' }],
            first && removal(sourceOf(item)),
        );
        return;
    }
    byHand.set(name, item);
}

/** The number behind the word that places: 3 in `pod 3 on worker-1`; it was checked to be one. */
export function numberOf(item: ast.PlacedShard): number {
    return parseCount(item.shard.value.value) ?? 0;
}

/** Nodes that a line lists, each once and each a member; the first is the leader. */
export function copiesByHand(references: readonly ast.NodeRef[], { cluster, engine, resolution }: Workshop): NodeId[] {
    const members = new Map(cluster.members.map((member) => [member.node, member]));
    const copies: NodeId[] = [];
    for (const reference of references) {
        const node = plainNodeOf(reference, resolution);
        if (node === undefined) continue;
        const name = resolution.nodes[node]?.name ?? '';
        const member = members.get(node);
        if (copies.includes(node)) {
            resolution.report.error(
                'topology/copy-twice',
                sourceOf(reference),
                `'${name}' is listed twice. Two copies on one node are lost together, so they count as one.`,
                'Name another node, or remove it.',
                undefined,
                removal(sourceOf(reference)),
            );
        } else if (!member) {
            resolution.report.error(
                'topology/copy-on-stranger',
                sourceOf(reference),
                `'${name}' is no member of ${cluster.name}, so it cannot hold one of its shards.`,
                `Add it with 'members ${name}', or name a node of the cluster.`,
                undefined,
                [
                    {
                        kind: 'add-statement',
                        title: `Make ${name} a member`,
                        declaration: cluster.source,
                        text: `members ${writtenName(name)}`,
                    },
                ],
            );
        } else if (engine.holds?.(member) === false) {
            resolution.report.error(
                'topology/copy-on-stranger',
                sourceOf(reference),
                `'${name}' is in ${cluster.name} as ${listed(member.roles)}, which holds no shards.`,
                'Name a node whose role holds them, or give it that role, too.',
            );
        } else copies.push(node);
    }
    return copies;
}

export function reportSeveralNodes(item: ast.PlacedShard, { resolution }: Workshop): void {
    resolution.report.error(
        'language/out-of-bounds',
        sourceOf(item),
        `'${item.shard.key} ${item.shard.value.value}' is one copy and stands on one node, and this names several.`,
        `Write a line for each ${item.shard.key}.`,
    );
}

export function reportBeyondCount(item: ast.PlacedShard, total: number, resolution: Resolution): void {
    resolution.report.error(
        'language/out-of-bounds',
        sourceOf(item.shard),
        `There are ${String(total)} of them, counted from 0, and this places one more.`,
        'Correct the number, or raise the count.',
    );
}

export function reportWithoutNodes(statement: ast.ShardGroup, { resolution }: Workshop): void {
    resolution.report.error(
        'language/missing-nodes',
        sourceOf(statement),
        `'${statement.word} ${statement.name}' does not say where it stands.`,
        `Write ${statement.word} ${statement.name} on NODE, NODE; the first leads.`,
    );
}

export function reportRangePlaced(statement: ast.ShardGroup, { resolution }: Workshop): void {
    resolution.report.error(
        'language/range-placed',
        nameSource(statement),
        'A range of shards cannot be placed on one list of nodes.',
        'Write a line for each shard, or leave the placement to the engine.',
    );
}

/** A number means something only inside the group that counts. */
export function reportOutsideGroup(statement: ast.ShardGroup, word: GroupWord, { resolution }: Workshop): void {
    resolution.report.error(
        'language/unknown-word',
        sourceOfProperty(statement, 'word'),
        `'${statement.word} ${statement.name}' does not say of which ${word.word} it is.`,
        `Write it inside: ${word.word} NAME { ${statement.word} ${statement.name} on NODE }.`,
    );
}
