import { AstUtils, GrammarAST, type MaybePromise } from 'langium';
import {
    DefaultCompletionProvider,
    type CompletionAcceptor,
    type CompletionContext,
    type NextFeature,
} from 'langium/lsp';
import { CompletionItemKind, InsertTextFormat, MarkupKind, type CompletionItem } from 'vscode-languageserver';
import type { Engine, SettingSpec } from '../../engines/index.js';
import { clusterAround } from './hover.js';
import type { EditorServices } from './services.js';
import { defaultText, engineMarkdown, settingMarkdown } from './settings-text.js';

/** Keywords and names by the grammar; engines, their words and their settings by the engines' data. */
export class ClusterCompletion extends DefaultCompletionProvider {
    private readonly services: EditorServices;

    constructor(services: EditorServices) {
        super(services);
        this.services = services;
    }

    protected override completionFor(
        context: CompletionContext,
        next: NextFeature,
        acceptor: CompletionAcceptor,
    ): MaybePromise<void> {
        for (const item of this.engineItems(context, next)) acceptor(context, item);
        return super.completionFor(context, next, acceptor);
    }

    private engineItems(context: CompletionContext, next: NextFeature): CompletionItem[] {
        const property = next.property ?? assignedProperty(next);
        const rule = AstUtils.getContainerOfType(next.feature, GrammarAST.isParserRule)?.name;
        if (rule === 'Cluster' && property === 'engine') return this.services.engines.Lookup.all.map(engineItem);
        const engine = this.engineAround(context);
        if (!engine) return [];
        if (rule === 'SettingKey' || (rule === 'Setting' && property === 'key')) {
            return engine.settings.map((spec) => settingItem(spec, engine));
        }
        if (rule === 'ShardGroup' && property === 'word') return wordItems(engine);
        if (rule === 'Roles') {
            return engine.roles.map(({ name, documentation }) => ({
                label: name,
                kind: CompletionItemKind.EnumMember,
                documentation,
            }));
        }
        return [];
    }

    private engineAround({ node }: CompletionContext): Engine | undefined {
        const cluster = clusterAround(node);
        return cluster && this.services.engines.Lookup.find(cluster.engine);
    }
}

function assignedProperty({ feature }: NextFeature): string | undefined {
    return AstUtils.getContainerOfType(feature, GrammarAST.isAssignment)?.feature;
}

function engineItem(engine: Engine): CompletionItem {
    return {
        label: engine.name,
        kind: CompletionItemKind.EnumMember,
        detail: engine.title,
        documentation: { kind: MarkupKind.Markdown, value: engineMarkdown(engine) },
        sortText: '0',
    };
}

function settingItem(spec: SettingSpec, engine: Engine): CompletionItem {
    const value = spec.type.kind === 'enum' ? `\${1|${spec.type.values.join(',')}|}` : '${1}';
    return {
        label: spec.key,
        kind: CompletionItemKind.Property,
        detail: `default ${defaultText(spec)}`,
        documentation: { kind: MarkupKind.Markdown, value: settingMarkdown(spec, engine) },
        insertText: `${spec.key} = ${value}`,
        insertTextFormat: InsertTextFormat.Snippet,
        sortText: '0',
    };
}

function wordItems(engine: Engine): CompletionItem[] {
    return engine.groupWords.flatMap(({ word, placedWord, documentation }) =>
        [...new Set([word, placedWord])].map((label) => ({
            label,
            kind: CompletionItemKind.Keyword,
            detail: engine.title,
            documentation: { kind: MarkupKind.Markdown, value: documentation },
            sortText: '0',
        })),
    );
}
