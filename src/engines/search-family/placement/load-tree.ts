/** Loads in a row, of which the least is found fast: a segment tree of minima. */
export class LoadTree {
    private readonly width: number;
    private readonly minima: Float64Array;

    /** All loads are Infinity at first: nothing stands there that could take a copy. */
    constructor(size: number) {
        this.width = 2 ** Math.ceil(Math.log2(Math.max(1, size)));
        this.minima = new Float64Array(2 * this.width).fill(Infinity);
    }

    get least(): number {
        return this.minima[1]!;
    }

    load(position: number): number {
        return this.minima[this.width + position]!;
    }

    set(position: number, load: number): void {
        let at = this.width + position;
        this.minima[at] = load;
        for (at >>= 1; at >= 1; at >>= 1) {
            this.minima[at] = Math.min(this.minima[2 * at]!, this.minima[2 * at + 1]!);
        }
    }

    /** The first position that bears the least load, from `start` on and then from the front. */
    firstLeast(start: number): number {
        const behind = this.search(1, 0, this.width, start);
        return behind === -1 ? this.search(1, 0, this.width, 0) : behind;
    }

    /** First position at or behind `start`, below this branch, with the least load of all; -1 if there is none. */
    private search(branch: number, from: number, size: number, start: number): number {
        if (from + size <= start || this.minima[branch]! > this.least) {
            return -1;
        }
        if (size === 1) {
            return from;
        }
        const half = size / 2;
        const left = this.search(2 * branch, from, half, start);
        return left === -1 ? this.search(2 * branch + 1, from + half, half, start) : left;
    }
}
