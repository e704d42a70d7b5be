import type { ClauseVerdict, Verdict } from '../../analysis/index.js';
import { proseOf, styled, type Line } from '../output/page.js';
import { assumptionLines, clauseLines, mark } from './verdicts.js';
import { counted } from '../../topology/index.js';

/** An objective with every clause: what was decided, over how many failure sets, how, and what it takes for granted. */
export function proofLines(verdict: Verdict): Line[] {
    const title = verdict.title === undefined ? [] : [styled('dim', ` · ${verdict.title}`)];
    return [
        ['  ', mark(verdict.status), ' objective ', styled('bold', verdict.name), ...title],
        ...verdict.clauses.flatMap((clause) => [...decided(clause), ...assumptionLines([clause], 8)]),
        ...verdict.notes.flatMap((note) => proseOf(`note: ${note}`, 6)),
    ];
}

function decided(clause: ClauseVerdict): Line[] {
    if (clause.status !== 'passed') {
        // A counterexample is a proof of its own; how far the search has come matters where there is none.
        return [...clauseLines(clause), ...(clause.status === 'failed' ? [] : basis(clause))];
    }
    return [['    ', mark(clause.status), ` ${clause.text}`], ...proseOf(proof(clause), 8)];
}

/** `Survives any 1 zone. 3 sets, enumerated.`; a clause about a delay or a loss says itself what was found. */
function proof(clause: ClauseVerdict): string {
    const survived = /^tolerate (.*)$/.exec(clause.text)?.[1];
    return survived === undefined ? clause.actual : `Survives ${survived}. ${basisOf(clause)}`;
}

function basis(clause: ClauseVerdict): Line[] {
    const words = basisOf(clause);
    return words === '' ? [] : proseOf(words, 8);
}

/** `3 sets, enumerated.` */
function basisOf({ sets, method }: ClauseVerdict): string {
    const parts = [...(sets === undefined ? [] : [counted(sets, 'set')]), ...(method === undefined ? [] : [method])];
    return parts.length === 0 ? '' : `${parts.join(', ').replace(/\.$/, '')}.`;
}
