import type { NodeId, ShardId } from '../../../topology/index.js';

/** Acknowledged writes of one shard that share one fate. */
export interface Batch {
    readonly shard: ShardId;
    /** They were acknowledged at this time or later, before the next mark. */
    readonly sinceMs: number;
    /** Who keeps hints of them; -1 where none are kept. */
    readonly coordinator: NodeId;
    /** Copies that do not have them. */
    readonly missing: Set<NodeId>;
    /** Copies for which the coordinator keeps hints of them. */
    readonly hinted: Set<NodeId>;
    count: number;
    lost: boolean;
}

/** How a coordinator's writes reach the copies. */
export interface Delivery {
    readonly coordinator: NodeId;
    readonly missing: readonly NodeId[];
    readonly hinted: readonly NodeId[];
}

interface Book {
    readonly copies: readonly NodeId[];
    readonly batches: Batch[];
    /** Batches that still grow, by their delivery. */
    readonly open: Map<string, Batch>;
    sinceMs: number;
}

/**
 * Which copy has which acknowledged writes, in batches that nothing has told apart yet. What is on every copy, or has been
 * lost, needs no telling.
 */
export class Ledger {
    private readonly books: ReadonlyMap<ShardId, Book>;

    constructor(shards: readonly { readonly id: ShardId; readonly copies: readonly NodeId[] }[]) {
        this.books = new Map(
            shards.map(({ id, copies }) => [id, { copies, batches: [], open: new Map<string, Batch>(), sinceMs: 0 }]),
        );
    }

    add(shard: ShardId, delivery: Delivery, count: number): void {
        if (count <= 0) {
            return;
        }
        const book = this.books.get(shard)!;
        const key = keyOf(delivery);
        const known = book.open.get(key);
        if (known !== undefined) {
            known.count += count;
            return;
        }
        const batch: Batch = {
            shard,
            sinceMs: book.sinceMs,
            coordinator: delivery.hinted.length > 0 ? delivery.coordinator : NO_NODE,
            missing: new Set(delivery.missing),
            hinted: new Set(delivery.hinted),
            count,
            lost: false,
        };
        book.open.set(key, batch);
        book.batches.push(batch);
    }

    /** What is acknowledged from now on is told apart from what was. */
    mark(shard: ShardId, nowMs: number): void {
        const book = this.books.get(shard)!;
        book.open.clear();
        book.sinceMs = nowMs;
    }

    /** Whether copies that answer lack a write that was acknowledged, all of them. */
    isStale(shard: ShardId, answering: readonly NodeId[]): boolean {
        return this.books
            .get(shard)!
            .batches.some(
                ({ missing, lost }) => !lost && missing.size > 0 && answering.every((node) => missing.has(node)),
            );
    }

    /** Whether some acknowledged write is missing on exactly these copies. */
    isMissingOn(shard: ShardId, copies: readonly NodeId[]): boolean {
        return this.books
            .get(shard)!
            .batches.some(
                ({ missing, lost }) =>
                    !lost && missing.size === copies.length && copies.every((node) => missing.has(node)),
            );
    }

    isComplete(shard: ShardId): boolean {
        return this.incomplete(shard).length === 0;
    }

    /** Batches that some copy lacks. */
    incomplete(shard: ShardId): readonly Batch[] {
        return this.books.get(shard)!.batches.filter(({ missing, lost }) => !lost && missing.size > 0);
    }

    /** The copy no longer has what was acknowledged since then. Returns batches that nobody has any more. */
    forget(shard: ShardId, copy: NodeId, sinceMs: number): readonly Batch[] {
        const book = this.books.get(shard)!;
        const gone = book.batches.filter((batch) => batch.sinceMs >= sinceMs && !batch.lost);
        close(book, gone);
        gone.forEach(({ missing }) => missing.add(copy));
        return this.newlyLost(book, gone);
    }

    /** Hints that the coordinator gathered since then are gone. Returns batches that nobody has any more. */
    forgetHints(coordinator: NodeId, sinceMs: number): readonly Batch[] {
        return [...this.books.values()].flatMap((book) => {
            const gone = book.batches.filter(
                (batch) => batch.coordinator === coordinator && batch.sinceMs >= sinceMs && !batch.lost,
            );
            close(book, gone);
            gone.forEach(({ hinted }) => hinted.clear());
            return this.newlyLost(book, gone);
        });
    }

    hintsFor(coordinator: NodeId, copy: NodeId): readonly Batch[] {
        return [...this.books.values()].flatMap(({ batches }) =>
            batches.filter((batch) => batch.coordinator === coordinator && batch.hinted.has(copy)),
        );
    }

    /** The copy has got these batches by hints. */
    delivered(batches: readonly Batch[], copy: NodeId): void {
        for (const batch of batches) {
            close(this.books.get(batch.shard)!, [batch]);
            batch.missing.delete(copy);
            batch.hinted.delete(copy);
        }
    }

    private newlyLost({ copies }: Book, batches: readonly Batch[]): readonly Batch[] {
        const lost = batches.filter(
            ({ missing, hinted }) => hinted.size === 0 && copies.every((copy) => missing.has(copy)),
        );
        lost.forEach((batch) => (batch.lost = true));
        return lost;
    }
}

const NO_NODE = -1;

/** The batches grow no more. */
function close({ open }: Book, batches: readonly Batch[]): void {
    for (const [key, batch] of open) {
        if (batches.includes(batch)) {
            open.delete(key);
        }
    }
}

function keyOf({ coordinator, missing, hinted }: Delivery): string {
    return missing.length === 0
        ? ''
        : `${hinted.length > 0 ? coordinator : NO_NODE}|${missing.join()}|${hinted.join()}`;
}
