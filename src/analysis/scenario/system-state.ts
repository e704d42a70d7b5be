/** Expectations about what a system says of itself at an instant. */
import { assertNever, type Expectation } from '../../topology/index.js';
import { instant, nodeName } from '../words.js';
import type { Answer, Evidence } from './judge.js';

type AboutState = Expectation & { readonly kind: 'health' | 'replicated' | 'drain' };

/** @param index of the expectation in its scenario */
export function judgeState({ topology, run }: Evidence, expectation: AboutState, index: number): Answer {
    const sample = run.states.find((each) => each.expectation === index);
    const when = `At ${instant(expectation.atMs)}`;
    const state = sample?.state ?? null;
    if (state === null) {
        return { status: 'error', actual: notModelled(expectation) };
    }
    switch (expectation.kind) {
        case 'health':
            return answer(
                state === expectation.colour,
                state === 'unanswered'
                    ? `${when} no elected node answered for the health of ${expectation.target.text}, so nobody was told a colour.`
                    : `${when} the health of ${expectation.target.text} was ${state}.`,
            );
        case 'replicated':
            return answer(
                state === 'yes',
                state === 'yes'
                    ? `${when} every copy of ${expectation.target.text} was there.`
                    : `${when} copies of ${expectation.target.text} were missing.`,
            );
        case 'drain': {
            const { node } = expectation;
            const name = node.kind === 'node' ? nodeName(topology, node.node) : `the leader of ${node.of.text}`;
            const was = state === 'none' ? `${name} was not being drained` : `the drain of ${name} was ${state}`;
            return answer(state === expectation.state, `${when} ${was}.`);
        }
        default:
            return assertNever(expectation);
    }
}

function answer(holds: boolean, actual: string): Answer {
    return { status: holds ? 'passed' : 'failed', actual };
}

function notModelled(expectation: AboutState): string {
    switch (expectation.kind) {
        case 'health':
            return `The system of '${expectation.target.text}' has no health colours, or they are not modelled.`;
        case 'replicated':
            return `Whether all copies of '${expectation.target.text}' are there is not modelled.`;
        case 'drain':
            return 'Nothing on this node is drained politely, or that is not modelled.';
        default:
            return assertNever(expectation);
    }
}
