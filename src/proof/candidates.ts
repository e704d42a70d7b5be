/** Which single nodes have to fail, by themselves and together, so that everything is seen that they can do to one answer. */
import type { NodeId } from '../topology/index.js';
import type { Block, Reach } from './locality.js';
import type { FailureState } from './rules.js';
import type { FailureUnit } from './units.js';

/** What a node is to an answer: one of a class whose blocks can change places, in one position of its block. */
interface Role {
    readonly kind: string;
    readonly block: Block;
    readonly position: number;
}

/** The living nodes of some counted lists. */
interface Classes {
    readonly roles: ReadonlyMap<NodeId, Role>;
    /** Blocks of each kind that can change places with one another. */
    readonly blocks: ReadonlyMap<string, readonly Block[]>;
    /** Nodes in blocks that cannot change places with others, since they have nodes in common with them. */
    readonly tied: readonly NodeId[];
}

/** Units of nodes that can fail besides what is struck already. */
export class Candidates {
    private readonly known = new Map<Reach['counted'], Classes>();

    constructor(
        private readonly units: ReadonlyMap<NodeId, FailureUnit>,
        private readonly struck: FailureState,
    ) {}

    /** Every set of exactly so many nodes that is like none before it, in the order of all sets. */
    *sets({ nodes, counted }: Reach, limit: number, count: number): Generator<readonly FailureUnit[]> {
        const classes = counted === undefined ? NO_CLASSES : this.classesOf(counted);
        const single = withTheirBlocks([...nodes, ...classes.tied], classes);
        const wanted = [...new Set([...single, ...firstOfEach(classes, single, limit)])]
            .filter((node) => this.struck.alive[node] === 1)
            .sort((one, other) => one - other)
            .flatMap((node) => this.units.get(node) ?? []);
        const seen = new Set<string>();
        for (const units of combinations(wanted, count)) {
            const look = classes === NO_CLASSES ? undefined : lookOf(units, single, classes);
            if (look === undefined || !seen.has(look)) {
                yield units;
            }
            if (look !== undefined) {
                seen.add(look);
            }
        }
    }

    private classesOf(counted: readonly (readonly Block[])[]): Classes {
        const known = this.known.get(counted) ?? this.classify(counted);
        this.known.set(counted, known);
        return known;
    }

    private classify(counted: readonly (readonly Block[])[]): Classes {
        const lists = new Map<NodeId, { readonly list: number; readonly block: Block }[]>();
        counted.forEach((blocks, list) => {
            for (const block of blocks) {
                for (const node of block) {
                    append(lists, node, { list, block });
                }
            }
        });
        const roles = new Map<NodeId, Role>();
        const kinds = new Map<string, Block[]>();
        const tied: NodeId[] = [];
        for (const [node, places] of lists) {
            const large = places.filter(({ block }) => block.length > 1);
            const block = large[0]?.block ?? [node];
            if (large.length > 0 && block.some((each) => lists.get(each)?.length !== 1)) {
                tied.push(node);
                continue;
            }
            const alive = block.map((each) => this.struck.alive[each]).join('');
            const kind = `${[...new Set(places.map(({ list }) => list))].join(',')}:${alive}`;
            const position = block.indexOf(node);
            roles.set(node, { kind, block, position });
            if (position === 0 && alive.includes('1')) {
                append(kinds, kind, block);
            }
        }
        return { roles, blocks: kinds, tied };
    }
}

const NO_CLASSES: Classes = { roles: new Map(), blocks: new Map(), tied: [] };

/** A block of which one node counts by itself cannot change places with another. */
function withTheirBlocks(nodes: readonly NodeId[], { roles }: Classes): ReadonlySet<NodeId> {
    return new Set(nodes.flatMap((node) => [node, ...(roles.get(node)?.block ?? [])]));
}

/** Nodes of so many blocks of each kind as can be hit at all: of each position those that come first. */
function firstOfEach({ blocks }: Classes, single: ReadonlySet<NodeId>, limit: number): readonly NodeId[] {
    const found: NodeId[] = [];
    for (const all of blocks.values()) {
        const free = all.some((block) => single.has(block[0] ?? -1))
            ? all.filter((block) => !single.has(block[0] ?? -1))
            : all;
        for (let position = 0; position < (free[0]?.length ?? 0); position++) {
            found.push(...earliest(free, position, limit).flat());
        }
    }
    return found;
}

/** The blocks whose node in this position comes first in the order of all nodes. */
function earliest(blocks: readonly Block[], position: number, limit: number): readonly Block[] {
    const first: Block[] = [];
    for (const block of blocks) {
        const node = block[position] ?? 0;
        const last = first.at(-1)?.[position] ?? 0;
        if (first.length < limit || node < last) {
            first.push(block);
            first.sort((one, other) => (one[position] ?? 0) - (other[position] ?? 0));
            first.length = Math.min(first.length, limit);
        }
    }
    return first;
}

/** Alike for all sets that only differ in which blocks of a kind are hit. */
function lookOf(units: readonly FailureUnit[], single: ReadonlySet<NodeId>, { roles }: Classes): string {
    const hits = new Map<Block, string>();
    const looks: string[] = [];
    for (const { id } of units) {
        const role = single.has(id) ? undefined : roles.get(id);
        if (role === undefined) {
            looks.push(String(id));
        } else {
            hits.set(role.block, `${hits.get(role.block) ?? role.kind}/${String(role.position)}`);
        }
    }
    return [...looks, ...[...hits.values()].sort()].join(' ');
}

/** The subsets of exactly `count` units, in lexicographic order of their positions. */
export function* combinations<Unit>(units: readonly Unit[], count: number, from = 0): Generator<readonly Unit[]> {
    if (count === 0) {
        yield [];
        return;
    }
    for (let i = from; i <= units.length - count; i++) {
        for (const rest of combinations(units, count - 1, i + 1)) {
            yield [units[i] as Unit, ...rest];
        }
    }
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
    const list = lists.get(key);
    if (list === undefined) {
        lists.set(key, [value]);
    } else {
        list.push(value);
    }
}
