import type { Declared, NodeId, ClusterId, Operation, PlaceId, Target, WorkloadId } from './model.js';
import type { Clause } from './objective.js';
import type { SourceRange } from './source.js';

export interface Scenario extends Declared {
    readonly title?: string;
    readonly seed: number;
    /** In order of time; repetitions are spelled out. */
    readonly steps: readonly Step[];
    readonly untilMs: number;
    readonly expectations: readonly Expectation[];
}

export interface Step {
    readonly atMs: number;
    readonly fault: Fault;
    readonly text: string;
    readonly source: SourceRange;
}

/** A node, or whoever leads a target at that instant. */
export type NodeSelector =
    | {
          readonly kind: 'node';
          readonly node: NodeId;
          /** The member whose process is meant. */ readonly cluster?: ClusterId;
      }
    | { readonly kind: 'leader'; readonly of: Target };

export type Selection =
    | { readonly kind: 'nodes'; readonly nodes: readonly NodeSelector[] }
    | { readonly kind: 'places'; readonly places: readonly PlaceId[] };

export interface Side {
    readonly places: readonly PlaceId[];
    readonly nodes: readonly NodeSelector[];
}

export type Fault =
    | {
          readonly kind: 'crash' | 'stop' | 'restart' | 'freeze' | 'unfreeze' | 'wipe' | 'drain';
          readonly nodes: readonly NodeSelector[];
      }
    | { readonly kind: 'fail' | 'restore' | 'isolate'; readonly selection: Selection }
    | { readonly kind: 'partition'; readonly sides: readonly Side[] }
    | { readonly kind: 'cut'; readonly from: Side; readonly to: Side }
    | { readonly kind: 'heal' }
    | { readonly kind: 'slow'; readonly selection: Selection; readonly delayMs: number }
    | { readonly kind: 'drop'; readonly share: number; readonly from: Side; readonly to: Side }
    | { readonly kind: 'roll'; readonly cluster: ClusterId; readonly periodMs: number }
    | { readonly kind: 'promote'; readonly cluster: ClusterId }
    | { readonly kind: 'switchover'; readonly cluster: ClusterId; readonly to: NodeSelector };

export type Expectation = Clause &
    (
        | {
              readonly kind: 'service';
              readonly operation: Operation;
              readonly target: Target;
              /** Chooses the observer: only clients that stand here count. */
              readonly from?: PlaceId;
              readonly outcome:
                  | { readonly kind: 'restored' | 'interrupted'; readonly limitMs: number }
                  | { readonly kind: 'uninterrupted' }
                  | { readonly kind: 'available' | 'unavailable'; readonly atMs: number };
          }
        | {
              readonly kind: 'lost-writes' | 'stale-reads';
              readonly bound: 'most' | 'least';
              readonly limit: number;
              readonly target: Target;
          }
        | {
              readonly kind: 'leader';
              readonly target: Target;
              /** Empty: nobody. */
              readonly leaders: readonly NodeSelector[];
              readonly atMs: number;
          }
        | { readonly kind: 'availability'; readonly workload: WorkloadId; readonly minimum: number }
        | {
              readonly kind: 'capacity';
              readonly target: Target;
              readonly bound: 'most' | 'least';
              readonly share: number;
              /** Without it the lowest from the first fault to the end. */
              readonly atMs?: number;
          }
        | { readonly kind: 'split-brain'; readonly expected: boolean; readonly target: Target }
        | { readonly kind: 'replicated'; readonly target: Target; readonly atMs: number }
        | {
              readonly kind: 'health';
              readonly target: Target;
              readonly colour: 'green' | 'yellow' | 'red';
              readonly atMs: number;
          }
        | {
              readonly kind: 'drain';
              readonly node: NodeSelector;
              readonly state: 'blocked' | 'done';
              readonly atMs: number;
          }
    );
