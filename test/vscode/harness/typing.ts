/** What VS Code offers at the cursor of the active editor. */
import type { Locator, Page } from 'playwright-core';
import type { Session } from './session.js';
import type { Workbench } from './workbench.js';

export class Typing {
    private readonly page: Page;

    constructor(
        private readonly session: Session,
        private readonly workbench: Workbench,
    ) {
        this.page = session.page;
    }

    /** Puts the cursor to the second letter of the first occurrence of a word in the line that holds the text. */
    async goToWord(file: string, text: string, word: string): Promise<void> {
        const line = await this.session.lineOf(file, text);
        const column = (await this.session.textOf(file)).split('\n')[line - 1]?.indexOf(word) ?? -1;
        if (column < 0) throw new Error(`“${word}” is not in line ${line} of ${file}.`);
        await this.workbench.goToLine(line, column + 2);
    }

    /** A row of the list of completions. */
    suggestion(label: string): Locator {
        return this.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();
    }

    /** What is told beside the list about the chosen row; opened if it is closed. */
    async suggestionDetails(): Promise<Locator> {
        const details = this.page.locator('.suggest-details-container');
        if (!(await details.isVisible())) await this.page.keyboard.press('Control+Space');
        return details;
    }

    /** A row of the light bulb's menu, which is opened at the cursor. */
    async quickFix(title: string): Promise<Locator> {
        const row = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
        // While a window is busy with its start VS Code may say that there is nothing, and be right a moment later.
        for (let tries = 0; tries < 3; tries++) {
            await this.page.keyboard.press('Control+.');
            if (await this.workbench.appears(row, 5_000)) break;
        }
        return row;
    }

    /** Applies an entry of the light bulb's menu. With the keyboard: in some versions an invisible layer catches clicks. */
    async applyFix(title: string): Promise<void> {
        const row = await this.quickFix(title);
        await row.waitFor();
        for (let steps = 0; steps < 10; steps++) {
            if (/\bfocused\b/.test((await row.getAttribute('class')) ?? '')) break;
            await this.page.keyboard.press('ArrowDown');
        }
        await this.page.keyboard.press('Enter');
    }

    /** The hover at the cursor. */
    async hover(): Promise<Locator> {
        await this.workbench.runCommand('Show or Focus Hover');
        return this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
    }

    /** Gives what stands at the cursor another name. */
    async rename(name: string): Promise<void> {
        await this.page.keyboard.press('F2');
        await this.page.locator('.rename-box input').fill(name);
        await this.page.keyboard.press('Enter');
    }

    /** What VS Code knows about the token at the cursor. */
    async token(): Promise<Locator> {
        await this.workbench.runCommand('Developer: Inspect Editor Tokens and Scopes');
        return this.page.locator('.token-inspect-widget');
    }
}
