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
        await this.quickInput().fill(`>${title}`);
        await this.quickPick(title);
    }

    /** Chooses the entry that holds the text in the list that is open. */
    async quickPick(text: string): Promise<void> {
        await this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
    }

    /** Types at the end of the active editor's line that holds the text. */
    async typeAtEndOf(lineText: string, typed: string): Promise<void> {
        await this.line(lineText).click();
        await this.page.keyboard.press('End');
        await this.page.keyboard.type(typed);
    }

    /** A row of the Problems view. */
    problem(text: string | RegExp): Locator {
        return this.page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();
    }

    errorMark(): Locator {
        return this.page.locator('.monaco-editor .squiggly-error').first();
    }

    /** What the status bar says about the cursor: `Ln 7, Col 3`. */
    cursorPosition(): Locator {
        return this.page.locator('#status\\.editor\\.selection');
    }

    statusItem(text: string): Locator {
        return this.page.locator('.statusbar-item', { hasText: text }).first();
    }

    tab(text: string): Locator {
        return this.page.locator('.tabs-container .tab', { hasText: text }).first();
    }

    /** The document inside the one open webview. */
    webview(): FrameLocator {
        return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    }

    /** Saves a picture to test-results/, which git ignores. */
    async screenshot(name: string): Promise<void> {
        const path = inProject('test-results', 'screenshots', `${name}.png`);
        await mkdir(dirname(path), { recursive: true });
        await this.page.screenshot({ path });
    }

    private quickInput(): Locator {
        return this.page.locator('.quick-input-widget input.input');
    }
}

/** The editor shows spaces as no-break spaces. */
const asShown = (text: string): RegExp =>
    new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', '[\\s\u00a0]'));
