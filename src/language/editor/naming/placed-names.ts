/** `shard s-1 on …` inside of `shards s-[1..3] { … }` names a shard in passing: the grammar takes it for a property. */
import type { AstNode, CstNode } from 'langium';
import * as ast from '../../generated/ast.js';
import { ownerOf } from '../../names/owner.js';
import { isRange, parseRange } from '../../names/ranges.js';
import { writtenProperty } from '../../names/written.js';
import type { HalfTyped } from '../../resolve/half-typed.js';
import type { ClusterServices } from '../../services.js';
import { memberIndex } from './members.js';

export interface PlacedName {
    readonly group: ast.ShardGroup;
    readonly name: string;
    readonly cst: CstNode;
}

/** The shard that the value of a property names; undefined for every other value. */
export function placedName(value: AstNode, services: ClusterServices): PlacedName | undefined {
    const item = value.$container?.$container;
    if (!item || !ast.isPlacedShard(item)) return undefined;
    return placedNames(item.$container, services).find(({ cst }) => cst.astNode === value);
}

/** Lines of a group's block that place one of the shards whose names the group declares. */
export function placedNames(group: ast.ShardGroup, { engines }: ClusterServices): PlacedName[] {
    const items = group.items.filter(ast.isPlacedShard);
    if (items.length === 0) return [];
    const engine = engines.Lookup.find(ownerOf(group).engine);
    const word = engine?.groupWords.find((each) => each.word === group.word);
    if (word?.form !== 'each-name-one-shard') return [];
    const range = isRange(group) ? parseRange(group.name) : undefined;
    const declares = (name: string): boolean => (range ? memberIndex(range, name) !== undefined : name === group.name);
    return items.flatMap((item) => {
        const name = (item.shard as HalfTyped<ast.Property>).value?.value;
        const cst = writtenProperty(item.shard, 'value');
        return name !== undefined && cst && declares(name) ? [{ group, name, cst }] : [];
    });
}
