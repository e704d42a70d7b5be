import type { Question } from './search.js';

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
    pay({ weight }: Pick<Question, 'weight'>): boolean {
        const before = this.spent;
        this.spent += Math.max(1, weight);
        return (this.spent <= this.budget.questions || before === 0) && this.budget.expired?.() !== true;
    }
}
