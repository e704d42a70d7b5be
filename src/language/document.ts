import type { LangiumDocument, LangiumDocuments } from 'langium';
import { counted, emptyTopology, type Finding, type Severity, type Topology } from '../topology/index.js';
import { withoutDividedKeys } from './checks/divided-keys.js';
import { checkDuplicates } from './checks/duplicates.js';
import { checkImports } from './checks/imports.js';
import { checkLinks } from './checks/links.js';
import { checkSettings } from './checks/settings.js';
import { checkPastedLines } from './checks/pasted-lines.js';
import { withoutHalfFigures } from './checks/figures-behind-syntax.js';
import { checkSyntax } from './checks/syntax.js';
import { checkQuestions } from './checks/questions.js';
import { checkVocabulary } from './checks/vocabulary.js';
import { checkUnusedWaivers, checkWaivers } from './checks/waivers.js';
import type { Document } from './generated/ast.js';
import { Report } from './resolve/report.js';
import { resolveDocuments } from './resolve/resolve.js';
import { aboutUnderstood, separateBroken, type BrokenDeclaration } from './resolve/broken.js';
import type { ClusterServices, EngineLookup } from './services.js';

/** Findings about the design, such as those of the engines, come from the analysis. */
export type DesignCheck = (topology: Topology) => readonly Finding[];

/** All that is known about one document. */
export interface DocumentResult {
    /** Objectives and scenarios that are not understood in full are left out; `broken` lists them. */
    readonly topology: Topology;
    /** About this document alone, in order of their place. */
    readonly findings: readonly Finding[];
    /** Objectives and scenarios that must not be run, and why. */
    readonly broken: readonly BrokenDeclaration[];
}

/** Reads a linked document: what it says, what is wrong with it, and what of it can be run. */
export function readDocument(
    document: LangiumDocument<Document>,
    services: ClusterServices,
    design?: DesignCheck,
): DocumentResult {
    const root = document.parseResult.value;
    const { documents } = services.names.Visibility.from(root);
    const lookup = services.engines.Lookup;
    const resolved = resolveDocuments(documents, lookup);
    const language = documents.flatMap((each) => languageFindings(each, services));
    const own = new Report();
    checkDuplicates(documents, own);
    checkQuestions(resolved.topology, own);
    for (const uri of new Set(documents.map((each) => each.$document?.uri.toString() ?? ''))) {
        checkSettings(resolved.topology, uri, lookup, own);
    }
    const blocking = [...language, ...resolved.findings, ...own.findings];
    // While a line is half written the design is not what its author means.
    const readable = !language.some((finding) => finding.code === 'language/syntax');
    const judged =
        readable && design ? aboutUnderstood(designFindings(resolved.topology, design), blocking, documents) : [];
    const { topology, broken } = separateBroken(resolved.topology, [...blocking, ...inOrder(judged)], documents);
    const all = [...blocking, ...judged, ...(design ? unusedWaivers(root, blocking, judged, lookup) : [])];
    const uri = document.uri.toString();
    const ofDocument = all.filter((finding) => finding.source.uri === uri);
    return {
        topology,
        broken,
        findings: bounded(inOrder(withoutDividedKeys(withoutHalfFigures(ofDocument, document)))),
    };
}

/**
 * As {@link readDocument}, for an editor that must go on: where reading fails itself, by a mistake in Faultline or in an
 * engine, the document is known to be there and not to be understood.
 */
export function tryReadDocument(
    document: LangiumDocument<Document>,
    services: ClusterServices,
    design: DesignCheck,
): DocumentResult {
    try {
        return readDocument(document, services, design);
    } catch (error) {
        const uri = document.uri.toString();
        const message = `The file could not be understood to its end, because Faultline itself failed: ${String(error)}.`;
        const help = 'Please report it, with the file. Until then, undo the last change.';
        const finding = checkFailed(uri, 'error', message, help);
        return { topology: emptyTopology(uri), broken: [], findings: [...checkSyntax(document), finding] };
    }
}

/** While there are errors, findings about the design may be missing. */
function unusedWaivers(
    root: Document,
    blocking: readonly Finding[],
    judged: readonly Finding[],
    engines: EngineLookup,
): readonly Finding[] {
    const report = new Report();
    if (!blocking.some(({ severity }) => severity === 'error')) checkUnusedWaivers(root, judged, engines, report);
    return report.findings;
}

/** A check that fails itself must not take the others with it. */
function designFindings(topology: Topology, design: DesignCheck): readonly Finding[] {
    try {
        return design(topology);
    } catch (error) {
        const message = `The design could not be checked, so something may be wrong that is not shown: ${String(error)}.`;
        const help = 'Mend the errors first. If there are none, this is a mistake in Faultline.';
        return [checkFailed(topology.uri, 'warning', message, help)];
    }
}

function checkFailed(uri: string, severity: Severity, message: string, help: string): Finding {
    const start = { line: 0, character: 0 };
    return { code: 'language/check-failed', severity, message, help, source: { uri, start, end: start } };
}

/** What one document says about itself, without what others add to it. */
function languageFindings(root: Document, services: ClusterServices): readonly Finding[] {
    const document = root.$document;
    if (!document) return [];
    const documents: LangiumDocuments = services.shared.workspace.LangiumDocuments;
    const report = new Report();
    checkImports(root, document.uri, documents, report);
    checkVocabulary(root, services.engines.Lookup, report);
    checkWaivers(root, services.engines.Lookup, report);
    checkPastedLines(root, services.engines.Lookup, report);
    const links = checkLinks(document, services.names.Visibility.from(root));
    return [...checkSyntax(document), ...links, ...report.findings];
}

function inOrder(findings: readonly Finding[]): Finding[] {
    return findings.toSorted(
        ({ source: left }, { source: right }) =>
            left.start.line - right.start.line || left.start.character - right.start.character,
    );
}

/** Nobody reads more findings of one file than these, and an editor suffers from them. */
const MOST_FINDINGS = 500;

function bounded(findings: readonly Finding[]): readonly Finding[] {
    const last = findings[MOST_FINDINGS - 1];
    if (last === undefined || findings.length === MOST_FINDINGS) {
        return findings;
    }
    const rest: Finding = {
        code: 'language/too-many-findings',
        severity: 'error',
        message: `${counted(findings.length - MOST_FINDINGS, 'further finding')} behind this one ${findings.length - MOST_FINDINGS === 1 ? 'is' : 'are'} not listed.`,
        help: 'Mend those that are listed first.',
        source: last.source,
    };
    return [...findings.slice(0, MOST_FINDINGS), rest];
}
