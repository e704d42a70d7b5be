import type { Verdict } from '../../analysis/index.js';

/** The verdicts on the objectives of each document, as far as they are in. */
export class Verdicts {
    private readonly byDocument = new Map<string, Map<string, Verdict>>();

    /** Forgets a document's verdicts, since its text or something that it imports has changed. */
    clear(uri: string): void {
        this.byDocument.delete(uri);
    }

    add(uri: string, verdict: Verdict): void {
        const verdicts = this.byDocument.get(uri) ?? new Map<string, Verdict>();
        verdicts.set(verdict.name, verdict);
        this.byDocument.set(uri, verdicts);
    }

    get(uri: string, objective: string): Verdict | undefined {
        return this.byDocument.get(uri)?.get(objective);
    }

    of(uri: string): readonly Verdict[] {
        return [...(this.byDocument.get(uri)?.values() ?? [])];
    }
}
