import type { Subject } from './subject.js';

export interface Budget {
    /** How many times a rule may be asked. */
    readonly questions: number;
    /** Whether the time is up; asked before each set. */
    readonly expired?: () => boolean;
}

/** What is left of a budget. One set may always be asked about. */
export class Purse {
    private spent = 0;

    constructor(private readonly budget: Budget) {}

    /** Pays for one set; false if that is too much. */
    pay({ all }: Subject): boolean {
        const before = this.spent;
        this.spent += Math.max(1, all.length);
        return (this.spent <= this.budget.questions || before === 0) && this.budget.expired?.() !== true;
    }
}
