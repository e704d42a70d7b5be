/** One shard after a failure and its elections, before replicas move. */
export interface Standing {
    /** Whether its slots have an owner that lives. */
    readonly owned: boolean;
    /** Whether it had replicas at all: a primary that never had one is not taken for orphaned. */
    readonly hadReplicas: boolean;
    /** Replicas of the owner that live, and those that died. */
    readonly living: number;
    readonly dead: number;
}

/**
 * How many replicas a shard has when no replica moves any more. Which replica moves, and which orphan is served first,
 * depends on the random names of the nodes: `worst` takes what is worst for the shard, else what is best.
 */
export function replicasInTheEnd(
    standings: readonly Standing[],
    about: number,
    barrier: number,
    choice: 'worst' | 'best',
): number {
    const living = standings.map((standing) => standing.living);
    const wantsToGive = choice === 'worst';
    for (;;) {
        const most = Math.max(0, ...living.filter((_, shard) => standings[shard]!.owned));
        const orphans = [...standings.keys()].filter((shard) => isOrphan(standings[shard]!, living[shard]!));
        if (orphans.length === 0 || most < 2 || most <= barrier) {
            return living[about]!;
        }
        const givers = [...standings.keys()].filter((shard) => living[shard] === most);
        const mayBeBlocked = givers.some((shard) => standings[shard]!.dead > 0 || !standings[shard]!.owned);
        const takes = orphans.includes(about);
        if (mayBeBlocked && takes === wantsToGive) {
            return living[about]!;
        }
        const others = (shards: readonly number[]): number => shards.find((shard) => shard !== about) ?? about;
        const owners = givers.filter((shard) => standings[shard]!.owned);
        const giver = wantsToGive && owners.includes(about) ? about : others(owners);
        const taker = !wantsToGive && takes ? about : others(orphans);
        living[giver]!--;
        living[taker]!++;
    }
}

export function isOrphan({ owned, hadReplicas }: Standing, living: number): boolean {
    return owned && hadReplicas && living === 0;
}
