/** What is different between two drawings of one document, small enough to be sent while somebody types. */
import type { DrawnClient, DrawnCluster, DrawnLink, DrawnNode, DrawnRegion, DrawnZone } from './drawing.js';

/** Changes of a list of elements: `order` names all ids where the order or the set changed, `put` holds what is new or other. */
export interface ListPatch<T> {
    readonly order?: readonly string[];
    readonly put: readonly T[];
}

/** Parts that are missing are as before. Zones and nodes are patched for themselves, so that a line's edit sends a line's worth. */
export interface DrawingPatch {
    readonly title?: string;
    readonly regions?: ListPatch<Omit<DrawnRegion, 'zones' | 'nodes'>>;
    /** By id of the region. */
    readonly zones: readonly (ListPatch<Omit<DrawnZone, 'nodes'>> & { readonly of: string })[];
    /** By id of the zone or of the region; `null`: nodes without a place. */
    readonly nodes: readonly (ListPatch<DrawnNode> & { readonly of: string | null })[];
    readonly clusters?: ListPatch<DrawnCluster>;
    readonly clients?: ListPatch<DrawnClient>;
    readonly links?: ListPatch<DrawnLink>;
}
