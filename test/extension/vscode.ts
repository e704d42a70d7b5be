/** As much of VS Code's interface as the Testing view uses, without a VS Code. */
export class Position {
    constructor(
        readonly line: number,
        readonly character: number,
    ) {}
}

export class Range {
    readonly start: Position;
    readonly end: Position;

    constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
        this.start = new Position(startLine, startCharacter);
        this.end = new Position(endLine, endCharacter);
    }
}

export class Uri {
    private constructor(private readonly text: string) {}

    static parse(text: string): Uri {
        return new Uri(text);
    }

    toString(): string {
        return this.text;
    }
}

export class Location {
    constructor(
        readonly uri: Uri,
        readonly range: Range,
    ) {}
}

export class TestMessageStackFrame {
    constructor(
        readonly label: string,
        readonly uri?: Uri,
        readonly position?: Position,
    ) {}
}

export class TestMessage {
    location?: Location;
    stackTrace?: TestMessageStackFrame[];

    constructor(readonly message: string | MarkdownString) {}
}

export class MarkdownString {
    constructor(public value: string) {}

    appendMarkdown(text: string): this {
        this.value += text;
        return this;
    }

    appendCodeblock(text: string, language: string): this {
        return this.appendMarkdown(`\`\`\`${language}\n${text}\n\`\`\`\n`);
    }
}

export class TestTag {
    constructor(readonly id: string) {}
}

/** What the user was told and asked, and what was commanded; `choose` answers for the user. */
export const window = {
    told: [] as string[],
    offered: [] as string[],
    choose: (labels: readonly string[]): number => labels.length,
    showInformationMessage: (message: string): void => void window.told.push(message),
    showQuickPick: <T extends { readonly label: string }>(entries: readonly T[]): Promise<T | undefined> => {
        window.offered = entries.map(({ label }) => label);
        return Promise.resolve(entries[window.choose(window.offered)]);
    },
};

export const commands = {
    executed: [] as unknown[][],
    executeCommand: (...command: unknown[]): Promise<void> => Promise.resolve(void commands.executed.push(command)),
};

export class TestRunRequest {
    constructor(
        readonly include?: readonly unknown[],
        readonly exclude?: readonly unknown[],
        readonly profile?: unknown,
        readonly continuous?: boolean,
    ) {}
}

type Listener<T> = (value: T) => unknown;

export class EventEmitter<T> {
    readonly #listeners = new Set<Listener<T>>();
    readonly event = (listener: Listener<T>): { dispose: () => void } => {
        this.#listeners.add(listener);
        return { dispose: () => this.#listeners.delete(listener) };
    };

    fire(value: T): void {
        this.#listeners.forEach((listener) => listener(value));
    }

    dispose(): void {
        this.#listeners.clear();
    }
}

export class CancellationTokenSource {
    readonly #cancelled = new EventEmitter<undefined>();
    readonly token = { isCancellationRequested: false, onCancellationRequested: this.#cancelled.event };

    cancel(): void {
        if (this.token.isCancellationRequested) return;
        this.token.isCancellationRequested = true;
        this.#cancelled.fire(undefined);
    }

    dispose(): void {
        this.#cancelled.dispose();
    }
}

export const workspace = {
    openTextDocument: (): Promise<void> => Promise.resolve(),
    findFiles: (): Promise<Uri[]> =>
        Promise.resolve([Uri.parse('file:///shop.cluster'), Uri.parse('file:///web.cluster')]),
    asRelativePath: (uri: Uri): string => uri.toString().replace('file:///', ''),
};

class Items {
    readonly #items = new Map<string, Item>();

    get(id: string): Item | undefined {
        return this.#items.get(id);
    }

    add(item: Item): void {
        this.#items.set(item.id, item);
    }

    delete(id: string): void {
        this.#items.delete(id);
    }

    replace(items: readonly Item[]): void {
        this.#items.clear();
        for (const item of items) this.add(item);
    }

    [Symbol.iterator](): IterableIterator<[string, Item]> {
        return this.#items.entries();
    }
}

export class Item {
    readonly children = new Items();
    range?: Range;
    description?: string;
    error?: string;
    busy = false;

    constructor(
        readonly id: string,
        readonly label: string,
        readonly uri?: Uri,
    ) {}
}

/** What was said about each item: `passed: lose-zone`. */
export class Controller {
    readonly items = new Items();
    readonly told: string[] = [];
    readonly messages: TestMessage[] = [];
    output = '';
    /** Of the newest run: what the Stop button presses. */
    stop = new CancellationTokenSource();

    createTestItem(id: string, label: string, uri?: Uri): Item {
        return new Item(id, label, uri);
    }

    createTestRun(): object {
        this.stop = new CancellationTokenSource();
        const tell =
            (word: string) =>
            (item: Item, messages: TestMessage | readonly TestMessage[] = []): void => {
                this.told.push(`${word}: ${item.label}`);
                if (typeof messages === 'object') this.messages.push(...[messages].flat());
            };
        return {
            token: this.stop.token,
            enqueued: () => undefined,
            started: tell('started'),
            passed: (item: Item) => tell('passed')(item),
            failed: tell('failed'),
            errored: tell('errored'),
            skipped: tell('skipped'),
            appendOutput: (text: string) => (this.output += text),
            end: () => this.told.push('end'),
        };
    }
}
