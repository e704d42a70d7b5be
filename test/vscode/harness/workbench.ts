/** VS Code's window as a user sees it. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { inProject } from '../../../scripts/lib/paths.mjs';

const SLOW_START_MS = 60_000;

export class Workbench {
    constructor(private readonly page: Page) {}

    /** Opens the window and waits until the text of the file is shown. */
    async open(url: string, expectedText: string): Promise<void> {
        await this.page.goto(url);
        await this.line(expectedText).waitFor({ timeout: SLOW_START_MS });
    }

    /** The first line of an editor that holds the text. */
    line(text: string): Locator {
        return this.page.locator('.monaco-editor .view-line', { hasText: asShown(text) }).first();
    }

    /** Chooses a command in the command palette by its full title. */
    async runCommand(title: string): Promise<void> {
        await this.page.keyboard.press('F1');
        await this.quickPick(title, '>');
    }

    /** Chooses an entry of the list that is open, by typing it; `prefix` selects the kind of list. */
    async quickPick(text: string, prefix = ''): Promise<void> {
        await this.quickInput().fill(`${prefix}${text}`);
        await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
        await this.page.keyboard.press('Enter');
    }

    /** Shows another file of the workspace; those that are open stay so. */
    async openBeside(file: string, expectedText: string): Promise<void> {
        await this.page.keyboard.press('Control+P');
        await this.quickPick(file);
        await this.line(expectedText).waitFor();
    }

    /** Puts the cursor into a line, to its start if no column is given, and scrolls there. Both are counted from 1. */
    async goToLine(line: number, column = 1): Promise<void> {
        await this.page.keyboard.press('Control+G');
        await this.quickInput().fill(`:${line}:${column}`);
        await this.page.keyboard.press('Enter');
        // The place is shown already while the list is open, and what is typed then does not reach the editor.
        await this.quickInput().waitFor({ state: 'hidden' });
        await this.cursorAt(`Ln ${line}, Col ${column}`).waitFor();
    }

    /** Types at the end of a line of the active editor. */
    async typeAtEndOf(line: number, typed: string): Promise<void> {
        await this.goToLine(line);
        await this.page.keyboard.press('End');
        await this.page.keyboard.type(typed);
    }

    /** Shows or hides the panel below the editors. */
    async togglePanel(): Promise<void> {
        await this.page.keyboard.press('Control+J');
    }

    /** A row of the Problems view. */
    problem(text: string | RegExp): Locator {
        return this.page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();
    }

    /** The output of the test that was run last, or is selected. */
    testOutput(text: string): Locator {
        return this.page
            .locator('.test-output-peek .xterm-rows, .panel .xterm-rows', { hasText: asShown(text) })
            .first();
    }

    errorMark(): Locator {
        return this.page.locator('.monaco-editor .squiggly-error').first();
    }

    async noProblem(text: string | RegExp): Promise<void> {
        await this.problem(text).waitFor({ state: 'detached' });
    }

    /** Takes back what was just typed at the cursor. */
    async erase(typed: string): Promise<void> {
        for (let count = 0; count < typed.length; count++) await this.page.keyboard.press('Backspace');
    }

    /** What the status bar says about the cursor: `Ln 7, Col 3`. */
    cursorAt(position: string): Locator {
        return this.page.locator('.statusbar-item', { hasText: position });
    }

    /** Our own item in the status bar, once it says that the language server runs. */
    serverRunning(): Locator {
        return this.page.locator('.statusbar-item[aria-label*="Faultline is running"]').first();
    }

    /** The window, once its theme is of the kind `vs`, `vs-dark`, `hc-black` or `hc-light`. */
    window(kind: string): Locator {
        return this.page.locator(`.monaco-workbench.${kind}`).first();
    }

    tab(text: string): Locator {
        return this.page.locator('.tabs-container .tab', { hasText: text }).first();
    }

    /** The editor of a file, once that is not there any more. */
    deletedTab(file: string): Locator {
        return this.fileTab(file).and(this.page.locator('[aria-label*="deleted"], :has(.strikethrough), .deleted'));
    }

    async closeTab(file: string): Promise<void> {
        await this.fileTab(file).click({ button: 'middle' });
        await this.fileTab(file).waitFor({ state: 'detached' });
    }

    /** A message in the corner of the window. */
    notification(text: string): Locator {
        return this.page.locator('.notification-toast', { hasText: text }).first();
    }

    /** Presses a button of a message. */
    async press(notification: Locator, button: string): Promise<void> {
        await notification.getByRole('button', { name: button }).click();
    }

    /** Asks for completions at the cursor; the list's entries. */
    async suggestions(): Promise<Locator> {
        await this.page.keyboard.press('Control+Space');
        return this.page.locator('.suggest-widget.visible .monaco-list-row');
    }

    async pressKey(key: string): Promise<void> {
        await this.page.keyboard.press(key);
    }

    /** Loads the window again. Without the file that the address names: VS Code restores no other editors beside that. */
    async reload(): Promise<void> {
        const address = new URL(this.page.url());
        address.searchParams.delete('payload');
        await this.page.goto(address.href);
    }

    /** Whether something is seen within the time; for what VS Code itself may or may not do. */
    async appears(what: Locator, withinMs: number): Promise<boolean> {
        return what.waitFor({ timeout: withinMs }).then(
            () => true,
            () => false,
        );
    }

    /** The document inside the one open webview. */
    webview(): FrameLocator {
        return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    }

    /** An element of the drawing by its id, `node:sessions.cache-1`. */
    element(id: string): Locator {
        return this.webview().locator(`[data-id="${id}"]`).first();
    }

    /** Whether one element of the drawing lies within another on the screen. */
    async isInside(inner: string, outer: string): Promise<boolean> {
        const [a, b] = [await this.element(inner).boundingBox(), await this.element(outer).boundingBox()];
        if (!a || !b) return false;
        return a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
    }

    /** Saves a picture to test-results/, which git ignores. */
    async screenshot(name: string): Promise<void> {
        const path = inProject('test-results', 'screenshots', `${name}.png`);
        await mkdir(dirname(path), { recursive: true });
        await this.page.screenshot({ path });
    }

    private fileTab(file: string): Locator {
        return this.page.locator(`.tabs-container .tab[data-resource-name="${file}"]`);
    }

    private quickInput(): Locator {
        return this.page.locator('.quick-input-widget input.input');
    }
}

/** The editor shows spaces as no-break spaces. */
const asShown = (text: string): RegExp =>
    new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', '[\\s\u00a0]'));
