import { DefaultValueConverter, type CstNode, type GrammarAST, type ValueType } from 'langium';

/** Texts in quotes, also where they name something and also where the closing mark is missing. */
export class ClusterValueConverter extends DefaultValueConverter {
    protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
        switch (rule.name) {
            case 'NAME':
            case 'STRING':
                // What was read as a text although it has no quotes is the text.
                return input.startsWith('"') ? unquote(input) : input;
            case 'ID':
                return input;
            default:
                return super.runConverter(rule, input, cstNode);
        }
    }
}

/** Whether a token that begins with `"` ends with one, too. */
export function isClosed(text: string): boolean {
    return /^"(\\.|[^"\\])*"$/.test(text);
}

function unquote(text: string): string {
    const inner = text.slice(1, isClosed(text) ? -1 : undefined);
    return inner.replace(/\\(.)/g, '$1');
}
