import { versionStanding, type Engine, type VersionStanding } from '../../engines/index.js';
import * as ast from '../generated/ast.js';
import { isRange, parseRange, rangeSize } from '../names/ranges.js';
import { meant, replacements, type Report } from '../resolve/report.js';
import { nameSource, sourceOf, sourceOfProperty } from '../resolve/source.js';
import { reportNameless, reportUnknownWord } from '../resolve/vocabulary.js';
import type { EngineLookup } from '../services.js';
import { closest, counted, type Fix } from '../../topology/index.js';

/** Words that belong to an engine's vocabulary: the engine itself and the roles of its nodes. */
export function checkVocabulary(document: ast.Document, engines: EngineLookup, report: Report): void {
    for (const declaration of document.declarations) {
        if (ast.isRegion(declaration)) {
            for (const nodes of declaration.zones.flatMap((zone) => zone.nodes)) checkPlural(nodes, report);
        }
        if (!ast.isCluster(declaration)) continue;
        const engine = checkEngine(declaration, engines, report);
        if (engine) checkVersion(declaration, engine, report);
        for (const item of declaration.items) {
            if (ast.isNodes(item)) checkPlural(item, report);
            if (engine && (ast.isNodes(item) || ast.isMembers(item))) checkRoles(item, engine, report);
            if (engine && ast.isNamelessBlock(item)) checkNameless(item, engine, report);
        }
    }
}

function checkNameless(block: ast.NamelessBlock, engine: Engine, report: Report): void {
    const word = engine.groupWords.find((each) => each.word === block.word || each.placedWord === block.word);
    if (word) reportNameless(block, word, report);
    else reportUnknownWord(block, engine, report);
}

function checkEngine(cluster: ast.Cluster, engines: EngineLookup, report: Report): Engine | undefined {
    const name = (cluster as Partial<ast.Cluster>).engine;
    if (name === undefined) return undefined;
    const engine = engines.find(name);
    if (engine) return engine;
    const known = engines.all.map((each) => each.name);
    const similar = closest(name, known);
    report.error(
        'language/unknown-engine',
        sourceOfProperty(cluster, 'engine'),
        `No engine is called '${name.slice(0, 40)}', so nothing can be said about how this cluster behaves.`,
        similar ? `${meant(similar)} Known engines: ${known.join(', ')}.` : `Known engines: ${known.join(', ')}.`,
        undefined,
        replacements(sourceOfProperty(cluster, 'engine'), similar),
    );
    return undefined;
}

function checkVersion(cluster: ast.Cluster, { title, versions }: Engine, report: Report): void {
    const { version } = cluster;
    if (version === undefined) return;
    const standing = versions.length === 0 ? 'another product' : versionStanding(version, versions);
    if (standing === 'known') return;
    const known = versions.length === 0 ? `${title} has no versions here.` : `Known: ${versions.join(', ')}.`;
    const shown = version.slice(0, 40);
    const messages: Readonly<Record<Exclude<VersionStanding, 'known'>, string>> = {
        older: `'${shown}' is older than what is known of ${title}, so defaults and rules of the oldest known version count, and they may be others.`,
        newer: `'${shown}' is newer than what is known of ${title}, so defaults and rules of the newest known version count, and they may have changed.`,
        'another product': `'${shown}' is no version of ${title} that is known, so it decides no default.`,
        'no number': `'${shown}' holds no number, so it is no version and decides no default.`,
    };
    report.warning('language/unknown-version', sourceOfProperty(cluster, 'version'), messages[standing], known);
}

/** `nodes cache-[1..6]` and `node cache-1`: the word says whether to expect one or many. */
function checkPlural(nodes: ast.Nodes, report: Report): void {
    const { name, singular } = nodes as Partial<ast.Nodes>;
    if (name === undefined || isRange(nodes) !== singular) return;
    const range = parseRange(name);
    if (!singular && range) {
        reportQuotedRange(nodes, name, rangeSize(range), report);
        return;
    }
    report.warning(
        'language/plural',
        nameSource(nodes),
        singular
            ? `'${name}' is a range, and 'node' announces a single one.`
            : `'nodes' announces a range, and '${name}' is a single node.`,
        singular ? "Write 'nodes'." : `Write 'node ${name}', or a range such as ${name}-[1..3].`,
        undefined,
        [otherNumber(nodes, singular)],
    );
}

/** `nodes "cache-[1..3]"` */
function reportQuotedRange(nodes: ast.Nodes, name: string, size: number, report: Report): void {
    const source = nameSource(nodes);
    report.warning(
        'language/plural',
        source,
        `'nodes' announces a range, and in quotes '${name}' is the name of a single node.`,
        `Write ${name} without quotes for ${counted(size, 'node')}, or 'node' if one is meant.`,
        undefined,
        [{ kind: 'replace', title: 'Take the quotes away', source, text: name }, otherNumber(nodes, false)],
    );
}

/** The statement begins with the word. */
function otherNumber(nodes: ast.Nodes, singular: boolean): Fix {
    const { uri, start } = sourceOf(nodes);
    const [now, then] = singular ? ['node', 'nodes'] : ['nodes', 'node'];
    const end = { line: start.line, character: start.character + now.length };
    return { kind: 'replace', title: `Write '${then}'`, source: { uri, start, end }, text: then, safe: true };
}

function checkRoles(item: ast.Nodes | ast.Members, engine: Engine, report: Report): void {
    const known = engine.roles.map((role) => role.name);
    item.roles.forEach((role, index) => {
        if (known.includes(role)) return;
        const similar = closest(role, known);
        report.error(
            'language/unknown-role',
            sourceOfProperty(item, 'roles', index),
            `${engine.title} has no role '${role.slice(0, 40)}', so the node would do nothing of the kind.`,
            similar
                ? meant(similar)
                : known.length > 0
                  ? `Roles: ${known.join(', ')}.`
                  : 'Its nodes have no roles; leave it out.',
            undefined,
            replacements(sourceOfProperty(item, 'roles', index), similar),
        );
    });
}
