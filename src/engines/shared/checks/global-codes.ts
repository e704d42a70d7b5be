/** Pages about clusters of several Regions that are one service of AWS. */
import type { CodeSpec, FactSource } from '../../engine.js';
import type { GlobalService } from './global.js';

interface GlobalWords {
    /** `Aurora` */
    readonly vendor: string;
    /** `a reader` */
    readonly promoted: string;
    /** `ten`, and what is to be said beside it. */
    readonly most: string;
    readonly mostNote: string;
    readonly sources: Readonly<Record<'service' | 'failover', FactSource>>;
}

/** Two clusters, by what is between them and where the second stands; and one with so many secondaries. */
interface GlobalFiles {
    readonly two: (between: string, copyPlace?: string) => string;
    readonly many: (secondaries: number) => string;
    /** `carts to copy`, and back. */
    readonly onward: string;
    readonly back: string;
}

/** The pages that {@link checkGlobal} needs, in the words of one service. */
export function globalPages(
    { name, mostSecondaries, readers, codes }: GlobalService,
    { vendor, promoted, most, mostNote, sources }: GlobalWords,
    { two, many, onward, back }: GlobalFiles,
): readonly CodeSpec[] {
    const byHand = `replicate ${onward} { lag 1s  failover manually }`;
    const remedy = two(byHand);
    return [
        {
            code: codes.automaticFailover,
            title: `A ${name} that is said to fail over by itself`,
            why: `${vendor} promotes ${promoted} inside a Region, and never a cluster in another: a person or a program of your own has to do that.`,
            fix: 'Write `failover manually`, and plan who promotes it.',
            example: two(`replicate ${onward} { lag 1s  failover automatically }`),
            remedy,
            source: sources.failover,
        },
        {
            code: codes.sameRegion,
            title: `Two clusters of a ${name} in one Region`,
            why: 'The secondary clusters are in other Regions than the primary.',
            fix: `Put the secondary in another Region; for more reads in one, add ${readers}.`,
            example: two(byHand, 'us-east-1'),
            remedy,
            source: sources.service,
        },
        {
            code: codes.tooManySecondaries,
            title: `More than ${most} secondary clusters`,
            why: `A ${name} has at most ${most} secondary clusters${mostNote}.`,
            fix: 'Leave out the Regions that need it least.',
            example: many(mostSecondaries + 1),
            remedy: many(mostSecondaries),
            source: sources.service,
        },
        {
            code: codes.chain,
            title: 'A secondary that sends changes on, or follows two',
            why: `Only the primary of a ${name} sends changes, and it sends them to every secondary itself.`,
            fix: 'Replicate from the primary to each of the others.',
            example: two(`${byHand}\nreplicate ${back} { failover manually }`),
            remedy,
            source: sources.service,
        },
    ];
}
