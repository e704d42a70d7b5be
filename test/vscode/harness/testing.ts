/** The Testing view, and what VS Code shows in the text about a test that failed. */
import type { Locator, Page } from 'playwright-core';
import type { Workbench } from './workbench.js';

type State = 'passed' | 'failed' | 'errored';

export class Testing {
    constructor(
        private readonly page: Page,
        private readonly workbench: Workbench,
    ) {}

    /** Shows what can be asked of a file. */
    async open(file: string): Promise<void> {
        await this.workbench.runCommand('Testing: Focus on Test Explorer View');
        await this.item(file).click();
        await this.page.keyboard.press('ArrowRight');
    }

    /** A file, an objective or a scenario; once it went so, if a state is given. */
    item(name: string, state?: State): Locator {
        const rows = this.page.locator('.test-explorer .monaco-list-row', { hasText: name });
        const mark = this.page.locator(`.codicon-testing-${state ?? ''}-icon`);
        return (state === undefined ? rows : rows.filter({ has: mark })).first();
    }

    /** Presses a button that an item shows while the mouse is over it; results that come in draw the item anew. */
    async press(name: string, button: 'Run Test' | 'Debug Test'): Promise<void> {
        for (let tries = 0; tries < 5; tries++) {
            await this.page.mouse.move(0, 0);
            await this.item(name).hover();
            const target = this.item(name).getByRole('button', { name: button });
            if (!(await this.workbench.appears(target, 5_000))) continue;
            const pressed = target.click({ timeout: 5_000 }).then(
                () => true,
                () => false,
            );
            if (await pressed) return;
        }
        throw new Error(`The Testing view has no “${button}” for ${name}.`);
    }

    /** What stands behind the line of a clause that failed. */
    message(text: string): Locator {
        return this.page.locator('.test-error-content-widget', { hasText: text }).first();
    }

    /** All that is told about a message, once it was clicked. */
    details(text: string): Locator {
        return this.page.locator('.test-output-peek, .peekview-widget', { hasText: text }).first();
    }
}
