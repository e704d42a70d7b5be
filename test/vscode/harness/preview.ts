/** The one open preview as a user sees it. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

export class Preview {
    constructor(private readonly page: Page) {}

    /** An element of the drawing by its id, `node:sessions.cache-1`. */
    element(id: string): Locator {
        return this.document().locator(`[data-id="${id}"]`).first();
    }

    text(words: string): Locator {
        return this.document().getByText(words).first();
    }

    /** Chooses an entry of an element's menu. */
    async choose(id: string, entry: string): Promise<void> {
        // Its title, where no node lies above it.
        await this.element(id).click({ button: 'right', position: { x: 40, y: 12 } });
        await this.document()
            .getByRole('menuitem', { name: new RegExp(`^${entry}`) })
            .click();
    }

    async press(button: string): Promise<void> {
        await this.document()
            .getByRole('button', { name: new RegExp(`^${button}`) })
            .click();
    }

    /** Presses a key on the ruler of the timeline. */
    async scrub(key: string): Promise<void> {
        await this.document().getByRole('slider').press(key);
    }

    /** Names of the nodes that are without power at the playhead, in order. */
    async nodesOff(): Promise<string[]> {
        return (await this.document().locator('.node[data-state=off] .name').allTextContents()).sort();
    }

    async verdict(): Promise<string> {
        return (await this.document().locator('.verdict').textContent()) ?? '';
    }

    /** Where the playhead stands: `0:35.0`. */
    async time(): Promise<string> {
        return (await this.document().getByLabel('Time', { exact: true }).textContent()) ?? '';
    }

    /** Trace hash of the run that is shown. */
    async trace(): Promise<string> {
        const words = await this.document().locator('.verdict [title^="Trace "]').getAttribute('title');
        return /^Trace ([0-9a-f]+)/.exec(words ?? '')?.[1] ?? '';
    }

    /** The scenarios that can be played. */
    scenarios(): Promise<string[]> {
        return this.document().locator('.scenario-choice option').allTextContents();
    }

    /** Which part of the drawing is seen, and how large. */
    async view(): Promise<string> {
        return (await this.document().locator('.stage').getAttribute('style')) ?? '';
    }

    /** What has the focus, in words. */
    focused(): Promise<string> {
        const words = '(a => (a.getAttribute("aria-label") ?? a.textContent ?? "").trim())(document.activeElement)';
        return this.evaluate(words);
    }

    /** What was said last to those who listen. */
    async announced(): Promise<string> {
        return (await this.document().locator('.frame > .unseen[aria-live]').textContent()) ?? '';
    }

    /** The value of an expression in the page. */
    evaluate<T>(expression: string): Promise<T> {
        return this.document().locator('html').evaluate<T, undefined>(expression, undefined);
    }

    private document(): FrameLocator {
        return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    }
}
