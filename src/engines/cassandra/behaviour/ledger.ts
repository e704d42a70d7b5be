import type { NodeId, ShardId } from '../../../topology/index.js';

/** Acknowledged writes of one shard that share one fate. */
export interface Batch {
    readonly shard: ShardId;
    /** They were acknowledged at this time or later, before the next mark. */
    readonly sinceMs: number;
    /** Who keeps hints of them, each of an even share; empty where none are kept. */
    readonly coordinators: readonly NodeId[];
    /** Copies that do not have them. */
    readonly missing: Set<NodeId>;
    /** Copies for which the coordinators keep hints of them. */
    readonly hinted: Set<NodeId>;
    count: number;
    lost: boolean;
    /** Coordinators whose share has been told apart since, and how many writes there were before. */
    apart?: { readonly total: number; readonly gone: Set<NodeId> };
}

/** How the writes of some coordinators, which take turns, reach the copies. */
export interface Delivery {
    readonly coordinators: readonly NodeId[];
    readonly missing: readonly NodeId[];
    readonly hinted: readonly NodeId[];
}

/** A shard of which books are kept. */
interface Kept {
    readonly id: ShardId;
    readonly copies: readonly NodeId[];
    /** Nobody writes to it but the probe, whose writes are followed and burden nothing. */
    readonly isProbed: boolean;
}

interface Book extends Kept {
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
    /** Batches that hints are kept of, by the copy that they are for. */
    private readonly hintedFor = new Map<NodeId, Set<Batch>>();
    /** Shards with a batch that some copy has ever lacked. */
    private readonly touched = new Set<ShardId>();
    private readonly turns = new WeakMap<readonly NodeId[], ReadonlyMap<NodeId, number>>();
    private readonly listNumbers = new WeakMap<readonly NodeId[], number>();
    private lists = 0;
    /** Grows whenever a copy lacks, or gets, what it did not before. */
    revision = 0;

    constructor(shards: readonly Kept[]) {
        this.books = new Map(
            shards.map((kept) => [kept.id, { ...kept, batches: [], open: new Map<string, Batch>(), sinceMs: 0 }]),
        );
    }

    add(shard: ShardId, delivery: Delivery, count: number): void {
        if (count <= 0) {
            return;
        }
        const book = this.books.get(shard)!;
        const key = this.keyOf(delivery);
        const known = book.open.get(key);
        if (known === undefined) {
            book.open.set(key, this.enter(shard, book.sinceMs, delivery, count));
        } else {
            known.count += count;
        }
    }

    /** What is acknowledged from now on is told apart from what was. */
    mark(shard: ShardId, nowMs: number): void {
        const book = this.books.get(shard)!;
        book.open.clear();
        book.sinceMs = nowMs;
    }

    /** Whether copies that answer lack a write that was acknowledged, all of them. */
    isStale(shard: ShardId, answering: readonly NodeId[]): boolean {
        if (!this.touched.has(shard)) {
            return false;
        }
        for (const { missing, lost } of this.books.get(shard)!.batches) {
            if (!lost && missing.size > 0 && answering.every((node) => missing.has(node))) {
                return true;
            }
        }
        return false;
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
        return !this.touched.has(shard) || this.incomplete(shard).length === 0;
    }

    /** Shards of which some copy lacks writes. */
    incompleteShards(): readonly ShardId[] {
        return [...this.touched].filter((shard) => !this.isComplete(shard));
    }

    /** The copy no longer has what was acknowledged since then. Returns batches that nobody has any more. */
    forget(shard: ShardId, copy: NodeId, sinceMs: number): readonly Batch[] {
        const book = this.books.get(shard)!;
        const gone = book.batches.filter((batch) => batch.sinceMs >= sinceMs && !batch.lost);
        close(book, gone);
        gone.forEach(({ missing }) => missing.add(copy));
        if (gone.length > 0) {
            this.touched.add(shard);
            this.revision++;
        }
        return this.newlyLost(gone);
    }

    /** Hints that the coordinator gathered since then are gone. Returns batches that nobody has any more. */
    forgetHints(coordinator: NodeId, sinceMs: number): readonly Batch[] {
        const kept = new Set([...this.hintedFor.values()].flatMap((batches) => [...batches]));
        const gone = [...kept]
            .filter(
                (batch) => batch.sinceMs >= sinceMs && !batch.lost && this.shareOf(batch, coordinator) !== undefined,
            )
            .sort((one, other) => one.shard - other.shard)
            .map((batch) => this.tellApart(batch, coordinator));
        for (const batch of gone) {
            batch.hinted.forEach((copy) => this.hintedFor.get(copy)!.delete(batch));
            batch.hinted.clear();
            this.revision++;
        }
        return this.newlyLost(gone);
    }

    /** Whether anybody keeps hints for the copy. */
    isHinted(copy: NodeId): boolean {
        return (this.hintedFor.get(copy)?.size ?? 0) > 0;
    }

    /** Copies for which hints are kept. */
    hintedCopies(): readonly NodeId[] {
        return [...this.hintedFor].filter(([, batches]) => batches.size > 0).map(([copy]) => copy);
    }

    /** Who keeps hints for the copy. */
    hintersFor(copy: NodeId): ReadonlySet<NodeId> {
        const batches = [...(this.hintedFor.get(copy) ?? [])];
        return new Set(
            batches.flatMap(({ coordinators, apart }) => coordinators.filter((node) => apart?.gone.has(node) !== true)),
        );
    }

    /** Whether the coordinator keeps hints for the copy. */
    keepsHintsFor(coordinator: NodeId, copy: NodeId): boolean {
        return [...(this.hintedFor.get(copy) ?? [])].some((batch) => (this.shareOf(batch, coordinator) ?? 0) > 0);
    }

    /** How many hints of what clients wrote the coordinator keeps for the copy. */
    hintsFor(coordinator: NodeId, copy: NodeId): number {
        let count = 0;
        for (const batch of this.hintedFor.get(copy) ?? []) {
            count += this.books.get(batch.shard)!.isProbed ? 0 : (this.shareOf(batch, coordinator) ?? 0);
        }
        return count;
    }

    /** The copy has got all hints that the coordinator kept for it. */
    delivered(coordinator: NodeId, copy: NodeId): void {
        const batches = [...(this.hintedFor.get(copy) ?? [])];
        for (const whole of batches.filter((batch) => this.shareOf(batch, coordinator) !== undefined)) {
            const batch = this.tellApart(whole, coordinator);
            batch.missing.delete(copy);
            batch.hinted.delete(copy);
            this.hintedFor.get(copy)!.delete(batch);
            this.revision++;
        }
    }

    /** Batches that some copy lacks. */
    private incomplete(shard: ShardId): readonly Batch[] {
        return this.books.get(shard)!.batches.filter(({ missing, lost }) => !lost && missing.size > 0);
    }

    private enter(shard: ShardId, sinceMs: number, { coordinators, missing, hinted }: Delivery, count: number): Batch {
        const batch: Batch = {
            shard,
            sinceMs,
            coordinators: hinted.length > 0 ? coordinators : NOBODY,
            missing: new Set(missing),
            hinted: new Set(hinted),
            count,
            lost: false,
        };
        this.books.get(shard)!.batches.push(batch);
        if (missing.length > 0) {
            this.touched.add(shard);
            this.revision++;
        }
        for (const copy of hinted) {
            const known = this.hintedFor.get(copy) ?? new Set<Batch>();
            this.hintedFor.set(copy, known.add(batch));
        }
        return batch;
    }

    /** How many writes of the batch the coordinator keeps hints of; undefined if it keeps none of them. */
    private shareOf({ coordinators, count, apart }: Batch, coordinator: NodeId): number | undefined {
        const turn = this.turnsOf(coordinators).get(coordinator);
        if (turn === undefined || apart?.gone.has(coordinator) === true) {
            return undefined;
        }
        const total = apart?.total ?? count;
        const share = Math.floor(total / coordinators.length);
        return share + (turn < total - share * coordinators.length ? 1 : 0);
    }

    /** A batch of the coordinator's share alone. The whole grows no more. */
    private tellApart(whole: Batch, coordinator: NodeId): Batch {
        const { shard, sinceMs, coordinators, missing, hinted } = whole;
        close(this.books.get(shard)!, [whole]);
        if (coordinators.length === 1) {
            return whole;
        }
        const share = this.shareOf(whole, coordinator)!;
        whole.apart ??= { total: whole.count, gone: new Set() };
        whole.apart.gone.add(coordinator);
        whole.count -= share;
        if (whole.apart.gone.size === coordinators.length) {
            whole.hinted.forEach((copy) => this.hintedFor.get(copy)!.delete(whole));
        }
        return this.enter(
            shard,
            sinceMs,
            { coordinators: [coordinator], missing: [...missing], hinted: [...hinted] },
            share,
        );
    }

    private newlyLost(batches: readonly Batch[]): readonly Batch[] {
        const lost = batches.filter(({ shard, missing, hinted }) => {
            const { copies } = this.books.get(shard)!;
            return hinted.size === 0 && copies.every((copy) => missing.has(copy));
        });
        lost.forEach((batch) => (batch.lost = true));
        return lost;
    }

    private turnsOf(coordinators: readonly NodeId[]): ReadonlyMap<NodeId, number> {
        const turns = this.turns.get(coordinators) ?? new Map(coordinators.map((node, turn) => [node, turn]));
        this.turns.set(coordinators, turns);
        return turns;
    }

    private keyOf({ coordinators, missing, hinted }: Delivery): string {
        if (missing.length === 0) {
            return '';
        }
        const keepers =
            hinted.length === 0 ? '' : coordinators.length === 1 ? coordinators[0]! : this.nameOf(coordinators);
        return `${keepers}|${missing.join()}|${hinted.join()}`;
    }

    /** Lists of coordinators are told apart by who they are, not by what they hold. */
    private nameOf(coordinators: readonly NodeId[]): string {
        const known = this.listNumbers.get(coordinators) ?? this.lists++;
        this.listNumbers.set(coordinators, known);
        return `list ${known}`;
    }
}

const NOBODY: readonly NodeId[] = [];

/** The batches grow no more. */
function close({ open }: Book, batches: readonly Batch[]): void {
    for (const [key, batch] of open) {
        if (batches.includes(batch)) {
            open.delete(key);
        }
    }
}
