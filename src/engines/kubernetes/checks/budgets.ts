/** What is wrong with disruption budgets, which bound what a drain may take away. */
import { percent, type CountOrShare, type DisruptionBudget, type Finding, type Fix } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { mustStay } from '../budget.js';
import { pods, type Pods } from './groups.js';

export function checkBudget(context: EngineContext, group: Pods): readonly Finding[] {
    const budget = group.group.disruptionBudget;
    if (budget === undefined) {
        return noBudget(context, group);
    }
    return budget.maxUnavailable !== undefined && budget.minAvailable !== undefined
        ? [saysBoth(group, budget)]
        : [...blocksDrain(group, budget), ...belowRequired(group, budget)];
}

function saysBoth({ group }: Pods, budget: DisruptionBudget): Finding {
    return {
        code: 'kubernetes/budget-says-both',
        severity: 'error',
        message: `The disruption budget of ${group.name} says both \`min-available\` and \`max-unavailable\`, and the API refuses such a budget.`,
        help: 'Keep one of them.',
        source: budget.source,
        fixes: [
            ...kept(budget, 'max-unavailable', budget.maxUnavailable),
            ...kept(budget, 'min-available', budget.minAvailable),
        ],
    };
}

function blocksDrain(group: Pods, budget: DisruptionBudget): readonly Finding[] {
    const stay = mustStay(group.nodes.length, budget);
    const count = group.nodes.length;
    if (stay < count) {
        return [];
    }
    return [
        {
            code: 'kubernetes/budget-blocks-drain',
            severity: 'error',
            runs: true,
            message: `The disruption budget of ${group.group.name} ${count === 1 ? 'does not let its only pod go: a drain of its node waits for ever, and so does every upgrade of it' : `lets none of its ${pods(count)} go: a drain of their nodes waits for ever, and so does every upgrade of them`}.`,
            help: count === 1 ? 'Use at least two pods, and let one go.' : 'Let one pod go: `max-unavailable 1`.',
            source: budget.source,
            fixes: [replaced(budget, 'Let one pod go', 'max-unavailable 1')],
        },
    ];
}

function belowRequired(group: Pods, budget: DisruptionBudget): readonly Finding[] {
    const stay = mustStay(group.nodes.length, budget);
    const { required, nodes } = group;
    if (group.group.required === undefined || stay >= required || required >= nodes.length) {
        return [];
    }
    return [
        {
            code: 'kubernetes/budget-below-required',
            severity: 'warning',
            message: `${group.group.name} needs ${pods(required)}, and its disruption budget makes a drain leave only ${String(stay)}: maintenance may take it down without breaking any rule.`,
            help: `Keep as many as it needs: \`min-available ${String(required)}\`.`,
            source: budget.source,
            fixes: [replaced(budget, `Keep ${pods(required)}`, `min-available ${String(required)}`)],
        },
    ];
}

function kept(budget: DisruptionBudget, keyword: string, bound: CountOrShare | undefined): readonly Fix[] {
    if (bound === undefined) {
        return [];
    }
    const written = `${keyword} ${bound.kind === 'count' ? String(bound.value) : percent(bound.value)}`;
    return [replaced(budget, `Keep ${written}`, written)];
}

function replaced({ source }: DisruptionBudget, title: string, bound: string): Fix {
    return { kind: 'replace', title, source, text: `disruption-budget { ${bound} }` };
}

/** A scenario that restarts node after node takes pods away as an upgrade does. */
function noBudget({ cluster, topology }: EngineContext, { group, nodes }: Pods): readonly Finding[] {
    const roll = topology.scenarios
        .flatMap(({ steps }) => steps)
        .find(({ fault }) => fault.kind === 'roll' && fault.cluster === cluster.id);
    if (roll === undefined || group.word === 'daemonset' || nodes.length < 2) {
        return [];
    }
    return [
        {
            code: 'kubernetes/no-budget',
            severity: 'warning',
            message: `The nodes of ${cluster.name} are upgraded one after the other, and ${group.name} has no disruption budget: nothing keeps the next node from being drained before the pods of the last one are back.`,
            help: 'Give it a budget: `disruption-budget { max-unavailable 1 }`.',
            source: group.source,
            related: [{ source: roll.source, message: 'The nodes are rolled here.' }],
            fixes: [
                {
                    kind: 'add-statement',
                    title: 'Add a disruption budget',
                    declaration: group.source,
                    text: 'disruption-budget { max-unavailable 1 }',
                },
            ],
        },
    ];
}
