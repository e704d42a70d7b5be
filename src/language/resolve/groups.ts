import { settingReader, type GroupWord } from '../../engines/index.js';
import type { Cluster, NodeId, ShardGroup, ShardId } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isPlacedShard, isSettings } from '../generated/ast.js';
import { isRange, parseRange, rangeNames, rangeSize } from '../names/ranges.js';
import {
    copiesByHand,
    numberOf,
    placeInGroup,
    reportBeyondCount,
    reportOutsideGroup,
    reportRangePlaced,
    reportSeveralNodes,
    reportWithoutNodes,
} from './by-hand.js';
import { readGroup, type GroupItems } from './group-properties.js';
import { groundOf, placeByEngine } from './placement.js';
import { resolveSettings } from './settings.js';
import { documented, nameSource, sourceOf } from './source.js';
import { MAXIMUM_COPIES, type Draft, type Resolution } from './state.js';
import { writtenProperty } from '../names/written.js';
import { reportNumberAsName, reportUnknownWord } from './vocabulary.js';
import { addShard, addUnplaced, type ShardPlan, type Workshop } from './workshop.js';

/** Groups and shards of a cluster, placed by hand or by the engine's rule. */
export function resolveGroups(
    statements: readonly ast.ShardGroup[],
    declaration: ast.Cluster,
    cluster: Draft<Cluster>,
    resolution: Resolution,
): void {
    const engine = resolution.engines.find(cluster.engine);
    resolution.shardIds.set(cluster.id, new Map());
    if (!engine) return;
    if (engine.drains) cluster.drains = true;
    const settings = settingReader(engine, cluster, (group) => resolution.groups[group]);
    const workshop: Workshop = { cluster, engine, settings, resolution, unplaced: [] };
    for (const statement of statements) resolveStatement(statement, workshop);
    if (statements.length === 0 && engine.singleService) {
        addUnplaced(
            { name: cluster.name, settings: [], source: nameSource(declaration) },
            cluster.members.length,
            workshop,
        );
    }
    placeByEngine(workshop);
    addControlPlane(declaration, workshop);
}

function addControlPlane(declaration: ast.Cluster, { cluster, engine, resolution }: Workshop): void {
    const spec = engine.controlPlane;
    const copies = spec?.candidates(cluster.members) ?? [];
    if (!spec || copies.length === 0) return;
    const shard = resolution.shards.length;
    const { name } = cluster;
    const source = nameSource(declaration);
    resolution.shards.push({ id: shard, cluster: cluster.id, name, copies, placedBy: 'file', settings: [], source });
    cluster.controlPlane = { shard, serves: spec.serves };
}

function resolveStatement(statement: ast.ShardGroup, workshop: Workshop): void {
    const { engine } = workshop;
    const placed = engine.groupWords.find((word) => word.placedWord === statement.word);
    const group = engine.groupWords.find((word) => word.word === statement.word);
    if (statement.nodes.length > 0 && placed) resolvePlacedStatement(statement, placed, workshop);
    else if (group) resolveGroup(statement, group, workshop);
    else if (placed) reportWithoutNodes(statement, workshop);
    else reportUnknownWord(statement, engine, workshop.resolution.report);
}

/** `shard s-1 on cache-1, cache-5` in the cluster's own block. */
function resolvePlacedStatement(statement: ast.ShardGroup, word: GroupWord, workshop: Workshop): void {
    if (word.form !== 'each-name-one-shard') {
        reportOutsideGroup(statement, word, workshop);
        return;
    }
    const settings = resolveSettings(statement.items.filter(isSettings));
    const copies = copiesByHand(statement.nodes, workshop);
    const source = sourceOf(statement);
    if (isRange(statement)) {
        reportRangePlaced(statement, workshop);
        return;
    }
    addShard({ name: statement.name, settings, source }, copies, 'file', workshop);
}

function resolveGroup(statement: ast.ShardGroup, word: GroupWord, workshop: Workshop): void {
    const { cluster, resolution } = workshop;
    const items = readGroup(statement, word, resolution);
    const settings = resolveSettings(statement.items.filter(isSettings));
    const group: Draft<ShardGroup> = {
        id: resolution.groups.length,
        cluster: cluster.id,
        name: statement.name,
        source: nameSource(statement),
        ...documented(statement),
        word: statement.word,
        shards: [],
        copies: 0,
        ...(word.leaderless ? { leaderless: true } : {}),
        ...items.properties,
        settings,
    };
    const byHand = new Map<string, ast.PlacedShard>();
    for (const item of statement.items.filter(isPlacedShard)) placeInGroup(item, word, byHand, workshop);
    group.copies = copiesWanted(items, word, group, workshop);
    if (word.form === 'one-shard' && items.replicas === undefined) {
        for (const item of byHand.values()) group.copies = Math.max(group.copies, numberOf(item) + 1);
    }
    resolution.groups.push(group);
    resolution.groupIds.set(statement, group.id);
    cluster.groups.push(group.id);
    const plan = (name: string): ShardPlan => ({ name, group: group.id, settings: [], source: group.source });
    if (word.form === 'one-shard') {
        const id = addOnlyShard(plan(group.name), group, [...byHand.values()], workshop);
        if (id !== undefined) group.shards.push(id);
        return;
    }
    const count = byHand.size > 0 ? items.count : (items.count ?? word.ownCount?.(groundOf(workshop), group));
    for (const name of shardNames(statement, word, count, byHand, resolution)) {
        const item = byHand.get(name);
        const id = item
            ? addShard({ ...plan(name), source: sourceOf(item) }, copiesByHand(item.nodes, workshop), 'file', workshop)
            : addUnplaced(plan(name), group.copies, workshop, group);
        if (id !== undefined) group.shards.push(id);
    }
}

/** One shard whose copies the lines place one by one; the engine places the others. */
function addOnlyShard(
    plan: ShardPlan,
    group: ShardGroup,
    byHand: readonly ast.PlacedShard[],
    workshop: Workshop,
): ShardId | undefined {
    const given = new Map<number, NodeId>();
    for (const item of byHand) {
        if (numberOf(item) >= group.copies) reportBeyondCount(item, group.copies, workshop.resolution);
        const [node, ...more] = copiesByHand(item.nodes, workshop);
        if (more.length > 0) reportSeveralNodes(item, workshop);
        if (node !== undefined && numberOf(item) < group.copies) given.set(numberOf(item), node);
    }
    if (given.size < group.copies) return addUnplaced(plan, group.copies, workshop, group, given);
    const inOrder = [...given].sort(([a], [b]) => a - b).map(([, node]) => node);
    return addShard(plan, inOrder, 'file', workshop);
}

function shardNames(
    statement: ast.ShardGroup,
    word: GroupWord,
    count: number | undefined,
    byHand: ReadonlyMap<string, ast.PlacedShard>,
    resolution: Resolution,
): readonly string[] {
    if (word.form === 'each-name-one-shard') return eachName(statement, resolution);
    if (word.countWord === undefined && word.ownCount === undefined) return [statement.name];
    if (count === undefined && byHand.size > 0) return [...byHand.keys()];
    const total = count ?? 1;
    if (!withinLimit(total, statement, resolution)) return [];
    const names = new Set(Array.from({ length: total }, (_, index) => `${statement.name}.${String(index)}`));
    for (const [name, item] of byHand) if (!names.has(name)) reportBeyondCount(item, total, resolution);
    return [...names];
}

function eachName(statement: ast.ShardGroup, resolution: Resolution): readonly string[] {
    if (!isRange(statement)) {
        if (isNumber(statement)) reportNumberAsName(statement, resolution.report);
        return [statement.name];
    }
    const range = parseRange(statement.name);
    if (!range) {
        resolution.report.error(
            'language/range',
            nameSource(statement),
            `'${statement.name.slice(0, 60)}' is no complete range, so no shard can be made from it.`,
            'Write the first and the last number, the lower one first: s-[1..3].',
        );
        return [];
    }
    return withinLimit(rangeSize(range), statement, resolution) ? [...rangeNames(range)] : [];
}

/** In quotes a number is a name like any other. */
function isNumber(statement: ast.ShardGroup): boolean {
    return /^\d/.test(writtenProperty(statement, 'name')?.text ?? '');
}

function withinLimit(shards: number, statement: ast.ShardGroup, resolution: Resolution): boolean {
    if (resolution.copies + shards <= MAXIMUM_COPIES) return true;
    resolution.report.error(
        'language/too-many-copies',
        nameSource(statement),
        `This makes more than ${MAXIMUM_COPIES.toLocaleString('en')} copies of shards, which is the most that is worked with. It was left out.`,
        'Declare fewer shards.',
    );
    return false;
}

/** Copies in all that each shard of the group has: as the block says, else as a setting or the engine says. */
function copiesWanted(
    { replicas }: GroupItems,
    word: GroupWord,
    group: ShardGroup,
    { cluster, engine, settings }: Workshop,
): number {
    const beside = word.replicasCount === 'beside-primary' ? 1 : 0;
    if (replicas !== undefined) return replicas + beside;
    if (word.replicasSetting !== undefined) return settings.number(word.replicasSetting, { group }) + beside;
    if (word.defaultReplicas !== 'every-member') return word.defaultReplicas + beside;
    return cluster.members.filter((member) => engine.holds?.(member) !== false).length;
}
