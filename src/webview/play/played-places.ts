import { nodesWithin, type Drawing, type Drawn } from '../../diagram/index.js';

/** Which nodes there are, and where: in the file now, and when the shown run came. */
export class PlayedPlaces {
    #now = '';
    #played = '';

    /** `whole`: nothing in it is folded. */
    renew(whole: Drawing): void {
        const within = (drawn: Drawn): string =>
            `${drawn.id}>${nodesWithin(whole, drawn.id)
                .map(({ id }) => id)
                .join()}`;
        this.#now = whole.regions.flatMap(({ zones }) => zones.map(within)).join(' ');
    }

    /** A run of what is drawn now has come. */
    ran(): void {
        this.#played = this.#now;
    }

    /** Whether other nodes are drawn than ran, or elsewhere. */
    get areOther(): boolean {
        return this.#now !== this.#played;
    }
}
