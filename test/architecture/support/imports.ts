/** Reads what the source files import. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

/** Contents by path; paths are relative to the package and use slashes: `src/topology/model.ts`. */
export type Sources = ReadonlyMap<string, string>;

export interface ImportEdge {
    readonly from: string;
    readonly line: number;
    /** `src/topology/index.ts` for a file of our own, the bare name for a package: `vscode`, `node:fs`. */
    readonly to: string;
    readonly typeOnly: boolean;
}

export function readSources(root: string, folder: string): Sources {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.ts'),
    );
    return new Map(
        files.map((file) => {
            const path = join(root, folder, file);
            return [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')];
        }),
    );
}

/** Static, dynamic and re-exporting imports, `import('…')` types and `require` calls. */
export function importsOf(sources: Sources): ImportEdge[] {
    return [...sources].flatMap(([path, text]) => importsOfFile(path, text));
}

function importsOfFile(path: string, text: string): ImportEdge[] {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const edges: ImportEdge[] = [];
    const visit = (node: ts.Node): void => {
        const found = importIn(node);
        if (found) {
            const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
            edges.push({ from: path, line, to: resolve(path, found.specifier), typeOnly: found.typeOnly });
        }
        ts.forEachChild(node, visit);
    };
    visit(file);
    return edges;
}

interface Found {
    readonly specifier: string;
    readonly typeOnly: boolean;
}

function importIn(node: ts.Node): Found | undefined {
    if (ts.isImportDeclaration(node)) return found(node.moduleSpecifier, isTypeOnlyImport(node));
    if (ts.isExportDeclaration(node)) return found(node.moduleSpecifier, isTypeOnlyExport(node));
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return found(node.argument.literal, true);
    if (ts.isCallExpression(node) && isImportOrRequire(node.expression)) return found(node.arguments[0], false);
    return undefined;
}

const found = (specifier: ts.Node | undefined, typeOnly: boolean): Found | undefined =>
    specifier && ts.isStringLiteralLike(specifier) ? { specifier: specifier.text, typeOnly } : undefined;

const isImportOrRequire = (callee: ts.Expression): boolean =>
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');

function isTypeOnlyImport({ importClause }: ts.ImportDeclaration): boolean {
    if (!importClause) return false;
    if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
    const named = importClause.namedBindings;
    return (
        !importClause.name &&
        named !== undefined &&
        ts.isNamedImports(named) &&
        named.elements.length > 0 &&
        named.elements.every((element) => element.isTypeOnly)
    );
}

function isTypeOnlyExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
    if (isTypeOnly) return true;
    return (
        exportClause !== undefined &&
        ts.isNamedExports(exportClause) &&
        exportClause.elements.length > 0 &&
        exportClause.elements.every((element) => element.isTypeOnly)
    );
}

function resolve(from: string, specifier: string): string {
    if (!specifier.startsWith('.')) return specifier;
    return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}
