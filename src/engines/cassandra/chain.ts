/** Numbers from 0 in the order in which they were last moved to the front. */
export class Chain {
    private readonly after: Int32Array;
    private readonly before: Int32Array;

    /** @param size how many numbers there are; the end of the chain stands behind the last */
    constructor(private readonly size: number) {
        this.after = new Int32Array(size + 1).fill(size);
        this.before = new Int32Array(size + 1).fill(-1);
        this.before[size] = size;
    }

    toFront(number: number): void {
        const { after, before, size } = this;
        if (before[number] !== -1) {
            after[before[number]!] = after[number]!;
            before[after[number]!] = before[number]!;
        }
        const first = after[size]!;
        after[number] = first;
        before[first] = number;
        after[size] = number;
        before[number] = size;
    }

    /** The first so many numbers that have been moved, or all of them. */
    first(count: number): readonly number[] {
        const numbers: number[] = [];
        for (let at = this.after[this.size]!; at !== this.size && numbers.length < count; at = this.after[at]!) {
            numbers.push(at);
        }
        return numbers;
    }
}
