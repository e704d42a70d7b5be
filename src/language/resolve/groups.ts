import { settingReader, type Engine, type GroupWord, type SettingReader } from '../../engines/index.js';
import {
    type Cluster,
    type NodeId,
    type Setting,
    type Shard,
    type ShardGroup,
    type ShardId,
    type SourceRange,
    parseCount,
} from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isPlacedShard, isSettings } from '../generated/ast.js';
import { isRange, parseRange, rangeNames, rangeSize } from '../names/ranges.js';
import { readGroup, type GroupItems } from './group-properties.js';
import { placeByEngine, type Unplaced } from './placement.js';
import { plainNodeOf } from './references.js';
import { resolveSettings } from './settings.js';
import { documented, nameSource, sourceOf, sourceOfProperty } from './source.js';
import { MAXIMUM_COPIES, type Draft, type Resolution } from './state.js';
import { reportUnknownWord } from './vocabulary.js';

/** What the shards of one cluster are made from. */
interface Workshop {
    readonly cluster: Draft<Cluster>;
    readonly engine: Engine;
    readonly settings: SettingReader;
    readonly resolution: Resolution;
    /** Shards that the engine has to place, by their id. */
    readonly unplaced: Unplaced[];
}

/** A shard before it has a number. */
interface ShardPlan {
    readonly name: string;
    readonly group?: number;
    readonly settings: readonly Setting[];
    readonly source: SourceRange;
}

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
    placeByEngine(workshop.unplaced, engine, cluster, resolution);
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
    if (statement.nodes.length > 0 && placed) resolvePlacedStatement(statement, workshop);
    else if (group) resolveGroup(statement, group, workshop);
    else if (placed) reportWithoutNodes(statement, workshop);
    else reportUnknownWord(statement, engine, workshop.resolution);
}

/** `shard s-1 on cache-1, cache-5` in the cluster's own block. */
function resolvePlacedStatement(statement: ast.ShardGroup, workshop: Workshop): void {
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
        ...items.properties,
        settings,
    };
    group.copies = copiesWanted(items, word, group, workshop);
    resolution.groups.push(group);
    resolution.groupIds.set(statement, group.id);
    cluster.groups.push(group.id);
    const plan = (name: string): ShardPlan => ({ name, group: group.id, settings: [], source: group.source });
    const byHand = new Map<string, ast.PlacedShard>();
    for (const item of statement.items.filter(isPlacedShard)) placeInGroup(item, word, byHand, workshop);
    for (const name of shardNames(statement, word, items.count, byHand, resolution)) {
        const item = byHand.get(name);
        const id = item
            ? addShard({ ...plan(name), source: sourceOf(item) }, copiesByHand(item.nodes, workshop), 'file', workshop)
            : addUnplaced(plan(name), group.copies, workshop, group);
        if (id !== undefined) group.shards.push(id);
    }
}

/** `partition 0 on brk-1, brk-2` in its group's block. */
function placeInGroup(
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
    const name = word.form === 'numbered-shards' ? `${group.name}.${String(index ?? number)}` : number;
    const first = byHand.get(name);
    if (first || (word.form === 'numbered-shards' && (index === undefined || index < 0))) {
        resolution.report.error(
            first ? 'language/duplicate' : 'language/out-of-bounds',
            sourceOf(item.shard),
            first
                ? `${word.placedWord} ${number} has a place already.`
                : `'${number}' is no number of a ${word.placedWord}.`,
            first ? 'Remove one of the two lines.' : 'Count from 0.',
            first && [{ source: sourceOf(first), message: 'It is placed here first.' }],
        );
        return;
    }
    byHand.set(name, item);
}

function shardNames(
    statement: ast.ShardGroup,
    word: GroupWord,
    count: number | undefined,
    byHand: ReadonlyMap<string, ast.PlacedShard>,
    resolution: Resolution,
): readonly string[] {
    if (word.form === 'each-name-one-shard') return eachName(statement, resolution);
    if (word.countWord === undefined) return [statement.name];
    if (count === undefined && byHand.size > 0) return [...byHand.keys()];
    const total = count ?? 1;
    if (!withinLimit(total, statement, resolution)) return [];
    const names = new Set(Array.from({ length: total }, (_, index) => `${statement.name}.${String(index)}`));
    for (const [name, item] of byHand) if (!names.has(name)) reportBeyondCount(item, total, resolution);
    return [...names];
}

function reportBeyondCount(item: ast.PlacedShard, total: number, resolution: Resolution): void {
    resolution.report.error(
        'language/out-of-bounds',
        sourceOf(item.shard),
        `There are ${String(total)} of them, counted from 0, and this places one more.`,
        'Correct the number, or raise the count.',
    );
}

function eachName(statement: ast.ShardGroup, resolution: Resolution): readonly string[] {
    if (!isRange(statement)) return [statement.name];
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

/** Nodes that a line lists, each once and each a member; the first is the leader. */
function copiesByHand(references: readonly ast.NodeRef[], { cluster, resolution }: Workshop): NodeId[] {
    const members = new Set(cluster.members.map((member) => member.node));
    const copies: NodeId[] = [];
    for (const reference of references) {
        const node = plainNodeOf(reference, resolution);
        if (node === undefined) continue;
        const name = resolution.nodes[node]?.name ?? '';
        if (copies.includes(node)) {
            resolution.report.error(
                'topology/copy-twice',
                sourceOf(reference),
                `'${name}' is listed twice. Two copies on one node are lost together, so they count as one.`,
                'Name another node, or remove it.',
            );
        } else if (!members.has(node)) {
            resolution.report.error(
                'topology/copy-on-stranger',
                sourceOf(reference),
                `'${name}' is no member of ${cluster.name}, so it cannot hold one of its shards.`,
                `Add it with 'members ${name}', or name a node of the cluster.`,
            );
        } else copies.push(node);
    }
    return copies;
}

function addUnplaced(plan: ShardPlan, copies: number, workshop: Workshop, group?: ShardGroup): ShardId | undefined {
    const id = addShard(plan, [], 'engine', workshop);
    if (id !== undefined) {
        workshop.resolution.copies += copies;
        workshop.unplaced.push({
            shard: id,
            name: plan.name,
            copies,
            source: plan.source,
            ...(group ? { group } : {}),
        });
    }
    return id;
}

function addShard(
    plan: ShardPlan,
    copies: readonly NodeId[],
    placedBy: Shard['placedBy'],
    workshop: Workshop,
): ShardId | undefined {
    const { cluster, resolution } = workshop;
    const ids = resolution.shardIds.get(cluster.id);
    const known = ids?.get(plan.name);
    if (known !== undefined) {
        const first = resolution.shards[known];
        resolution.report.error(
            'language/duplicate',
            plan.source,
            `${cluster.name} has a shard '${plan.name}' already.`,
            'Give one of them another name.',
            first && [{ source: first.source, message: 'It is declared here first.' }],
        );
        return undefined;
    }
    const id = resolution.shards.length;
    resolution.copies += copies.length;
    resolution.shards.push({ id, cluster: cluster.id, ...plan, copies, placedBy });
    cluster.shards.push(id);
    ids?.set(plan.name, id);
    return id;
}

function reportWithoutNodes(statement: ast.ShardGroup, { resolution }: Workshop): void {
    resolution.report.error(
        'language/missing-nodes',
        sourceOf(statement),
        `'${statement.word} ${statement.name}' does not say where it stands.`,
        `Write ${statement.word} ${statement.name} on NODE, NODE; the first leads.`,
    );
}

function reportRangePlaced(statement: ast.ShardGroup, { resolution }: Workshop): void {
    resolution.report.error(
        'language/range-placed',
        nameSource(statement),
        'A range of shards cannot be placed on one list of nodes.',
        'Write a line for each shard, or leave the placement to the engine.',
    );
}

/** Copies in all that each shard of the group has: as the block says, else as a setting or the engine says. */
function copiesWanted(
    { replicas }: GroupItems,
    word: GroupWord,
    group: ShardGroup,
    { cluster, settings }: Workshop,
): number {
    const beside = word.replicasCount === 'beside-primary' ? 1 : 0;
    if (replicas !== undefined) return replicas + beside;
    if (word.replicasSetting !== undefined) return settings.number(word.replicasSetting, { group }) + beside;
    return word.defaultReplicas === 'every-member' ? cluster.members.length : word.defaultReplicas + beside;
}
