import type { Verdict } from '../../analysis/index.js';
import type { Objective, Topology } from '../../topology/index.js';
import { meaningOf, sameMeaning, type Meaning } from './meaning.js';
import { placeable, placed, type Placeable, type WrittenObjective } from './placing.js';

/** What is known about one objective of the present text. */
export type Standing =
    | { readonly kind: 'proved'; readonly verdict: Verdict }
    /** `before`: the verdict on the objective as it was before the last change. */
    | { readonly kind: 'proving'; readonly before?: Verdict };

/** Verdicts of one document that are kept, so that an edit that is taken back costs no proof. */
const KEPT = 64;

interface Proved {
    readonly meaning: Meaning;
    readonly found: Placeable;
}

interface DocumentVerdicts {
    /** The newest last. */
    readonly proved: Proved[];
    /** What was last shown for each objective, by its name. */
    readonly shown: Map<string, Placeable>;
}

/** The verdicts on the objectives of each document, by what they are about and not by when they were found. */
export class Verdicts {
    private readonly byDocument = new Map<string, DocumentVerdicts>();

    /** @param topology the one that was proved, which need not be the present one */
    add(uri: string, topology: Topology, objective: Objective, verdict: Verdict): void {
        const { proved } = this.of(uri);
        proved.push({ meaning: meaningOf(topology, objective), found: placeable(verdict, topology) });
        if (proved.length > KEPT) proved.shift();
    }

    standing(uri: string, topology: Topology, objective: Objective): Standing {
        const { proved, shown } = this.of(uri);
        const meaning = meaningOf(topology, objective);
        const known = proved.find((each) => sameMeaning(each.meaning, meaning));
        if (known) {
            shown.set(objective.name, known.found);
            return { kind: 'proved', verdict: placed(known.found, objective, topology) };
        }
        const before = this.before(uri, topology, objective);
        return { kind: 'proving', ...(before ? { before } : {}) };
    }

    /** What was last said about an objective of this name. */
    before(uri: string, topology: Topology, objective: WrittenObjective): Verdict | undefined {
        const last = this.byDocument.get(uri)?.shown.get(objective.name);
        return last && placed(last, objective, topology);
    }

    forget(uri: string): void {
        this.byDocument.delete(uri);
    }

    private of(uri: string): DocumentVerdicts {
        let verdicts = this.byDocument.get(uri);
        if (!verdicts) this.byDocument.set(uri, (verdicts = { proved: [], shown: new Map() }));
        return verdicts;
    }
}
