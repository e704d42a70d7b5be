import {
    createParser,
    DefaultLangiumDocumentFactory,
    LangiumParser,
    type AstNode,
    type Lexer,
    type ParseResult,
    type ParserOptions,
    type URI,
} from 'langium';
import type { IToken } from 'chevrotain';
import type { ClusterServices } from '../services.js';
import type { Document } from '../generated/ast.js';
import { isDepthError, type DepthError } from './lexer.js';
import { MendingLexer } from './mending-lexer.js';

/** Longest text that is read, in UTF-16 code units. */
const MAXIMUM_LENGTH = 16_000_000;

/** Why a text was not read to its end. */
export interface ReadingLimit {
    readonly code: 'language/too-deep' | 'language/too-many-errors' | 'language/too-large';
    readonly message: string;
    readonly help: string;
    /** Counted from 0. */
    readonly line: number;
    readonly character: number;
}

export interface GuardedParseResult<T extends AstNode = AstNode> extends ParseResult<T> {
    readonly limit?: ReadingLimit;
}

/** Parses whatever a text holds and never throws. After an overflow the parser is replaced, since its state is spoilt. */
export class ParserGuard {
    private parser: ObservedParser | undefined;

    constructor(private readonly services: ClusterServices) {}

    parse<T extends AstNode = Document>(text: string, options?: ParserOptions): GuardedParseResult<T> {
        if (text.length > MAXIMUM_LENGTH) return this.unread<T>(TOO_LARGE);
        const parser = this.current();
        try {
            const result = parser.parse<T>(text, options);
            const tooDeep = result.lexerErrors.find(isDepthError);
            return tooDeep ? this.unread<T>(depthLimit(tooDeep)) : result;
        } catch {
            this.parser = undefined;
            return this.unread<T>(overflow(parser.firstError));
        }
    }

    private current(): ObservedParser {
        this.parser ??= createObservedParser(this.services);
        return this.parser;
    }

    private unread<T extends AstNode>(limit: ReadingLimit): GuardedParseResult<T> {
        return { ...this.current().parse<T>(''), lexerErrors: [], parserErrors: [], limit };
    }
}

/** Lets the guard see where the errors began when the parser did not come back, and reads slips as what they mean. */
class ObservedParser extends LangiumParser {
    protected override readonly lexer: Lexer;

    constructor(services: ClusterServices) {
        super(services);
        this.lexer = new MendingLexer(services.parser.Lexer);
    }

    get firstError(): IToken | undefined {
        return this.wrapper.errors[0]?.token;
    }
}

function createObservedParser(services: ClusterServices): ObservedParser {
    const parser = new ObservedParser(services);
    createParser(services.Grammar, parser, services.parser.Lexer.definition);
    parser.finalize();
    return parser;
}

function depthLimit({ line, column, message }: DepthError): ReadingLimit {
    const help = 'Close the blocks that are open, or remove the braces.';
    return { code: 'language/too-deep', message, help, line: line - 1, character: column - 1 };
}

/** Recovery from errors recurses once for each of them, so thousands of errors in one block exhaust the stack. */
function overflow(first: IToken | undefined): ReadingLimit {
    return {
        code: 'language/too-many-errors',
        message: 'From here on there are too many syntax errors to make sense of this file, so nothing in it was read.',
        help: 'Remove or comment out what is half written, and add it again piece by piece.',
        line: (first?.startLine ?? 1) - 1,
        character: (first?.startColumn ?? 1) - 1,
    };
}

const TOO_LARGE: ReadingLimit = {
    code: 'language/too-large',
    message: `The file is longer than ${MAXIMUM_LENGTH / 1_000_000} million characters, so it was not read.`,
    help: 'Split it into files that import each other.',
    line: 0,
    character: 0,
};

export class ClusterDocumentFactory extends DefaultLangiumDocumentFactory {
    protected override parse<T extends AstNode>(uri: URI, text: string, options?: ParserOptions): ParseResult<T> {
        return (this.serviceRegistry.getServices(uri) as ClusterServices).parser.Guard.parse<T>(text, options);
    }

    protected override parseAsync<T extends AstNode>(uri: URI, text: string): Promise<ParseResult<T>> {
        return Promise.resolve(this.parse<T>(uri, text));
    }
}
