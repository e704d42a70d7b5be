import type { CodeSpec } from '../../engines/index.js';

/** The page of a code. What is too large to print, or what no file alone can cause, is described instead. */
export interface CodePage extends Omit<CodeSpec, 'example'> {
    readonly example: string | DescribedExample;
}

interface DescribedExample {
    readonly description: string;
    /** The whole file; missing where a mistake in Faultline itself is the cause. */
    readonly text?: () => string;
}

export function exampleText({ example }: CodePage): string | undefined {
    return typeof example === 'string' ? example : example.text?.();
}
