/** Makes changes to copies of the documents and compares what they mean. */
import { DocumentState, type LangiumDocument } from 'langium';
import type { Finding, Topology } from '../../../topology/index.js';
import { readDocument, type DocumentResult } from '../../document.js';
import type { Document } from '../../generated/ast.js';
import { isDocument } from '../../generated/ast.js';
import type { ClusterServices } from '../../services.js';
import { loadWorkspace } from '../../workspace.js';
import type { TextChanges } from '../naming/text-changes.js';
import { lineOf } from './refusal.js';
import { shapeOf } from './shape.js';

/** Why the changed documents would not mean what they mean now, apart from names, as a sentence; undefined if they would. */
export async function rehearse(changes: TextChanges, services: ClusterServices): Promise<string | undefined> {
    const roots = affected(changes.documents, services);
    const texts = new Map(
        services.shared.workspace.LangiumDocuments.all
            .toArray()
            .map((document) => [document.uri.toString(), changes.textOf(document)]),
    );
    const after = await loadWorkspace(
        roots.map(({ uri }) => ({ uri: uri.toString(), text: texts.get(uri.toString()) ?? '' })),
        { readFile: (uri) => Promise.resolve(texts.get(uri)), engines: services.engines.Lookup.all },
    );
    for (const [index, root] of roots.entries()) {
        const now = after[index];
        const problem = now && difference(readDocument(root, services), now);
        if (problem !== undefined) return problem;
    }
    return undefined;
}

/** Documents that see one that is changed. */
function affected(changed: readonly LangiumDocument[], services: ClusterServices): LangiumDocument<Document>[] {
    return services.shared.workspace.LangiumDocuments.all
        .toArray()
        .filter((document): document is LangiumDocument<Document> => {
            const root = document.parseResult.value;
            if (!isDocument(root) || document.state < DocumentState.Linked) return false;
            const { documents } = services.names.Visibility.from(root);
            return changed.some(({ parseResult: { value } }) => documents.some((each) => each === value));
        });
}

function difference(before: DocumentResult, after: DocumentResult): string | undefined {
    const finding = newFinding(before.findings, after.findings);
    if (finding) return told(finding);
    if (shapeOf(before.topology) === shapeOf(after.topology)) {
        const [fewer, more] = [before, after].map(({ findings }) => findings.filter(isError).length);
        return fewer === more ? undefined : 'The file would have other errors than it has now.';
    }
    return movedCopy(before.topology, after.topology) ?? 'Another name in the file would then mean something else.';
}

/**
 * A finding of which there are more of its kind than before, in a line that had none, if possible; errors first. What was
 * wrong before is no reason.
 */
function newFinding(before: readonly Finding[], after: readonly Finding[]): Finding | undefined {
    const more = after.filter(
        ({ code }) =>
            code !== 'language/too-many-findings' &&
            after.filter((each) => each.code === code).length > before.filter((each) => each.code === code).length,
    );
    const isOld = ({ code, source: { start } }: Finding): boolean =>
        before.some((each) => each.code === code && each.source.start.line === start.line);
    const rank = (finding: Finding): number => (isOld(finding) ? 2 : 0) + (isError(finding) ? 0 : 1);
    return more.toSorted((left, right) => rank(left) - rank(right))[0];
}

function isError({ severity, code }: Finding): boolean {
    return severity === 'error' && code !== 'language/too-many-findings';
}

function told({ message, source }: Finding): string {
    return `${message} (${lineOf(source.uri, source.start.line)})`;
}

/** Some systems place copies in the alphabetical order of racks or nodes. */
function movedCopy(before: Topology, after: Topology): string | undefined {
    if (shapeOf(withoutCopies(before)) !== shapeOf(withoutCopies(after))) return undefined;
    const index = before.shards.findIndex(({ copies }, at) => copies.join() !== after.shards[at]?.copies.join());
    const shard = before.shards[index];
    const cluster = before.clusters[shard?.cluster ?? -1];
    if (!shard || !cluster) return undefined;
    return `Copies of ${cluster.name}.${shard.name} would move, because ${cluster.engine} places them in the order of names. Place its shards by hand first.`;
}

function withoutCopies(topology: Topology): Topology {
    return { ...topology, shards: topology.shards.map((shard) => ({ ...shard, copies: [] })) };
}
