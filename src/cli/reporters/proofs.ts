import type { ClauseVerdict, Verdict } from '../../analysis/index.js';
import { linesOf, styled, type Line } from '../output/page.js';
import { clauseLines, mark } from './verdicts.js';
import { counted } from './words.js';

/** An objective with every clause: what was decided, over how many failure sets, how, and what it takes for granted. */
export function proofLines(verdict: Verdict): Line[] {
    const title = verdict.title === undefined ? [] : [styled('dim', ` · ${verdict.title}`)];
    return [
        ['  ', mark(verdict.status), ' objective ', styled('bold', verdict.name), ...title],
        ...verdict.clauses.flatMap((clause) => [...decided(clause), ...assumptions(clause)]),
        ...verdict.notes.flatMap((note) => linesOf(`note: ${note}`, 6)),
    ];
}

function decided(clause: ClauseVerdict): Line[] {
    if (clause.status !== 'passed') {
        return [...clauseLines(clause), ...basis(clause)];
    }
    return [['    ', mark(clause.status), ` ${clause.text}`], ...linesOf(clause.actual, 8), ...basis(clause)];
}

/** `3 sets, enumerated.` */
function basis(clause: ClauseVerdict): Line[] {
    const parts = [
        ...(clause.sets === undefined ? [] : [counted(clause.sets, 'set')]),
        ...(clause.method === undefined ? [] : [clause.method]),
    ];
    return parts.length === 0 ? [] : [[styled('dim', `        ${parts.join(', ').replace(/\.?$/, '.')}`)]];
}

function assumptions(clause: ClauseVerdict): Line[] {
    return (clause.assumptions ?? []).flatMap((assumption) => linesOf(`assumes: ${assumption}`, 8));
}
