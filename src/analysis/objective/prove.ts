/** Proves an objective clause by clause. */
import { findEngine } from '../../engines/index.js';
import { failureSpace, subjectOf } from '../../proof/index.js';
import {
    assertNever,
    type ClusterId,
    type Objective,
    type ObjectiveClause,
    type Operation,
    type Target,
    type Topology,
} from '../../topology/index.js';
import { clientNotes } from '../client-notes.js';
import type { Interrupt } from '../drive.js';
import { proofModelFor, NoModelError, type EngineLookup } from '../models.js';
import { replicaNotesOfProof } from '../replica-reads.js';
import { addressNotesOfProof } from '../shared-addresses.js';
import { worstStatus } from '../status.js';
import type { ClauseVerdict, Verdict } from '../verdict.js';
import type { ProofContext, Ruling, Spaces } from './context.js';
import { DraftBook } from './draft.js';
import { proveLoss } from './loss.js';
import { proveRestore } from './restore.js';
import { proveTolerance } from './tolerate.js';

export interface ProofOptions {
    readonly interrupt?: Interrupt;
    /** How many times the rules may be asked for one clause; 5 million unless said. */
    readonly budget?: number;
    /** Time after which what is not decided stays undecided, for the whole objective; unlimited unless said. */
    readonly timeoutMs?: number;
    /** Seeds tried where only a simulation can tell; 100 unless said. */
    readonly samples?: number;
    /** Where engines are looked up; the registry unless said. */
    readonly engines?: EngineLookup;
}

const BUDGET = 5_000_000;
const SAMPLES = 100;

/**
 * What can be said about every clause of the objective.
 *
 * @throws CancelledError when the interrupt gives up
 */
export async function proveObjective(
    topology: Topology,
    objectiveIndex: number,
    options: ProofOptions = {},
): Promise<Verdict> {
    const objective = topology.objectives[objectiveIndex];
    if (objective === undefined) {
        throw new Error(`The file has no objective number ${String(objectiveIndex + 1)}.`);
    }
    const begin = performance.now();
    const context: ProofContext = {
        topology,
        objective,
        model: proofModelFor(topology, objective.targets, options.engines),
        drafts: new DraftBook(topology, objective),
        budget: {
            questions: options.budget ?? BUDGET,
            ...(options.timeoutMs === undefined ? {} : { expired: expiry(begin + options.timeoutMs) }),
        },
        samples: options.samples ?? SAMPLES,
        ...(options.interrupt === undefined ? {} : { interrupt: options.interrupt }),
        ...(options.engines === undefined ? {} : { engines: options.engines }),
    };
    const clauses: ClauseVerdict[] = [];
    for (const clause of objective.clauses) {
        clauses.push({ text: clause.text, source: clause.source, ...(await rule(context, clause)) });
    }
    const notes = [
        ...(clauses.length === 0 ? ['The objective has no clauses, so it promises nothing.'] : []),
        ...replicaNotesOfProof(topology, clustersRead(context), options.engines ?? findEngine),
        ...clientNotes(topology, options.engines ?? findEngine, clustersMeant(context)),
        ...addressNotesOfProof(topology, clustersMeant(context)),
    ];
    return {
        kind: 'objective',
        name: objective.name,
        ...(objective.title === undefined ? {} : { title: objective.title }),
        source: objective.source,
        status: clauses.length === 0 ? 'not-proved' : worstStatus(clauses),
        clauses,
        notes,
        elapsedMs: performance.now() - begin,
    };
}

/** Clusters whose reads the objective is about, as far as a clause asks for reads. */
function clustersRead({ topology, objective: { targets, clauses } }: ProofContext): ReadonlySet<ClusterId> {
    const asked = clauses.filter((clause) => operationOf(clause) !== 'write');
    const subjects = asked.map((clause) => subjectOf(topology, targets, operationOf(clause)));
    return new Set(subjects.flatMap(({ all }) => all.filter(isRead).map(({ cluster }) => cluster)));
}

/** Clusters that the objective is about, with all that they need. */
function clustersMeant({ topology, objective: { targets, clauses } }: ProofContext): ReadonlySet<ClusterId> {
    const subjects = clauses.map((clause) => subjectOf(topology, targets, operationOf(clause)));
    return new Set(subjects.flatMap(({ all }) => all.map(({ cluster }) => cluster)));
}

function isRead({ operation }: { readonly operation: Operation }): boolean {
    return operation === 'read';
}

function expiry(endMs: number): () => boolean {
    return () => performance.now() >= endMs;
}

async function rule(context: ProofContext, clause: ObjectiveClause): Promise<Ruling> {
    const silent = silentTarget(context, clause);
    if (silent !== undefined) {
        const what = silent.kind === 'workload' ? 'sends no such requests' : 'has no shards';
        return { status: 'error', actual: `'${silent.text}' ${what}, so there is nothing that this could be about.` };
    }
    try {
        return await ruleKnown(context, clause);
    } catch (error) {
        if (error instanceof NoModelError) {
            return { status: 'error', actual: error.message };
        }
        throw error;
    }
}

/** A target of which the clause asks nothing: to prove that would be to prove nothing. */
function silentTarget({ topology, objective }: ProofContext, clause: ObjectiveClause): Target | undefined {
    const operation = operationOf(clause);
    return objective.targets.find((target) => subjectOf(topology, [target], operation).own.length === 0);
}

function operationOf(clause: ObjectiveClause): Operation | undefined {
    switch (clause.kind) {
        case 'tolerate':
        case 'restore':
            return clause.operation;
        case 'lose':
            return 'write';
        case 'availability':
        case 'durability':
            return undefined;
        default:
            return assertNever(clause);
    }
}

async function ruleKnown(context: ProofContext, clause: ObjectiveClause): Promise<Ruling> {
    switch (clause.kind) {
        case 'tolerate':
            return proveTolerance(context, clause);
        case 'restore':
            return proveRestore(context, clause, spacesOf(context.topology, context.objective));
        case 'lose':
            return proveLoss(context, clause, spacesOf(context.topology, context.objective));
        case 'availability':
        case 'durability':
            return { status: 'not-proved', actual: `Not proved: ${clause.kind} is not computed yet.` };
        default:
            return assertNever(clause);
    }
}

/** A `tolerate … for reads` promises nothing about writes, so it plays no part in what is said about them. */
function spacesOf(topology: Topology, { targets, clauses }: Objective): Spaces {
    return {
        of: (operation) =>
            clauses
                .filter((clause) => clause.kind === 'tolerate')
                .filter(
                    (clause) =>
                        operation === undefined || clause.operation === undefined || clause.operation === operation,
                )
                .map((clause) =>
                    failureSpace(topology, clause.shape, subjectOf(topology, targets, clause.operation).nodes),
                )
                .filter((space) => space.missing === undefined),
    };
}
