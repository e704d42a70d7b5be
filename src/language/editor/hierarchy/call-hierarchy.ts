import { URI, type LangiumDocument } from 'langium';
import type { CallHierarchyProvider } from 'langium/lsp';
import type {
    CallHierarchyIncomingCall,
    CallHierarchyIncomingCallsParams,
    CallHierarchyItem,
    CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams,
    CallHierarchyPrepareParams,
} from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import { holders } from './holders.js';
import { itemOf, partAt, type Part } from './part.js';
import { copiesOf, MOST_CALLS } from './copies.js';
import { leansOn } from './leans-on.js';
import { usersOf } from './users.js';
import type { EditorServices } from '../services.js';

/**
 * What leans on what, as calls. An outgoing call leads to what something needs in order to answer:
 *
 * - from a workload to the clusters, groups or shards that it reads and writes; from a shared endpoint to those it routes to;
 * - from a cluster to what it `needs` or `wants`, to the clusters that it is replicated to, and to its groups;
 * - from a group to its shards;
 * - from a shard, or a cluster that is one service, to the nodes of its copies in the order in which they are listed: the first
 *   leads. That is the order of promotion in systems that go by one.
 *
 * Incoming calls are the same the other way round, in all files; whoever uses a part of a cluster uses the cluster.
 */
export class ClusterCallHierarchy implements CallHierarchyProvider {
    constructor(private readonly services: EditorServices) {}

    prepareCallHierarchy(
        document: LangiumDocument,
        { position }: CallHierarchyPrepareParams,
    ): CallHierarchyItem[] | undefined {
        const part = partAt(document, document.textDocument.offsetAt(position), undefined, this.services);
        const item = part && itemOf(part);
        return item && [item];
    }

    outgoingCalls({ item }: CallHierarchyOutgoingCallsParams): CallHierarchyOutgoingCall[] | undefined {
        const part = this.partOf(item);
        if (!part) return undefined;
        const uses = [...leansOn(part, this.services), ...copiesOf(part, this.services)];
        return uses.flatMap(({ to, ranges }) => {
            const target = itemOf(to);
            return target ? [{ to: target, fromRanges: [...ranges] }] : [];
        });
    }

    incomingCalls({ item }: CallHierarchyIncomingCallsParams): CallHierarchyIncomingCall[] | undefined {
        const part = this.partOf(item);
        if (!part) return undefined;
        const users = ast.isNodes(part.declaration) ? holders(part, this.services) : usersOf(part, this.services);
        return users.slice(0, MOST_CALLS).flatMap(({ from, ranges }) => {
            const source = itemOf(from);
            return source ? [{ from: source, fromRanges: [...ranges] }] : [];
        });
    }

    /** What an item stood for, if it is still there. */
    private partOf({ uri, selectionRange, data }: CallHierarchyItem): Part | undefined {
        const document = this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
        if (!document) return undefined;
        const offset = document.textDocument.offsetAt(selectionRange.start);
        return partAt(document, offset, typeof data === 'string' ? data : undefined, this.services);
    }
}
