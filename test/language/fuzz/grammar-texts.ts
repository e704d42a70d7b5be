/** Texts that the grammar allows, whether or not they mean anything. */
import { GrammarAST, type Grammar } from 'langium';
import type { Chance } from './chance.js';
import { DOTTED, ENGINE_WORDS, FIGURES, HOSTILE_NAMES, NAMES, RANGES, TEXTS } from './words.js';

/** Repetitions and options become rarer behind this depth, so that every text ends. */
const DEPTH = 14;

export class GrammarTexts {
    private readonly rules: ReadonlyMap<string, GrammarAST.AbstractRule>;

    constructor(grammar: Grammar) {
        this.rules = new Map(grammar.rules.map((rule) => [rule.name, rule]));
    }

    text(chance: Chance): string {
        const words: string[] = [];
        const count = 1 + chance.below(8);
        for (let index = 0; index < count; index++) {
            this.rule(this.rules.get('Declaration')!, chance, 0, words);
        }
        return words.join(' ');
    }

    private rule(rule: GrammarAST.AbstractRule, chance: Chance, depth: number, words: string[]): void {
        if (GrammarAST.isParserRule(rule)) this.element(rule.definition, chance, depth, words);
        else words.push(terminal(rule.name, chance));
    }

    private element(element: GrammarAST.AbstractElement, chance: Chance, depth: number, words: string[]): void {
        for (let times = repetitions(element.cardinality, chance, depth); times > 0; times--) {
            this.once(element, chance, depth + 1, words);
        }
    }

    private once(element: GrammarAST.AbstractElement, chance: Chance, depth: number, words: string[]): void {
        if (GrammarAST.isKeyword(element)) words.push(element.value);
        else if (GrammarAST.isRuleCall(element)) this.rule(element.rule.ref!, chance, depth, words);
        else if (GrammarAST.isAssignment(element)) this.element(element.terminal, chance, depth, words);
        else if (GrammarAST.isCrossReference(element)) words.push(terminal('NAME', chance));
        else if (GrammarAST.isGroup(element)) {
            for (const part of element.elements) this.element(part, chance, depth, words);
        } else if (GrammarAST.isAlternatives(element)) {
            this.element(chance.pick(element.elements), chance, depth, words);
        }
        // Actions write nothing.
    }
}

function repetitions(cardinality: GrammarAST.AbstractElement['cardinality'], chance: Chance, depth: number): number {
    const isDeep = depth > DEPTH;
    switch (cardinality) {
        case '?':
            return isDeep ? 0 : chance.below(2);
        case '*':
            return isDeep ? 0 : chance.below(4);
        case '+':
            return isDeep ? 1 : 1 + chance.below(3);
        case undefined:
            return 1;
    }
}

function terminal(name: string, chance: Chance): string {
    if (chance.oneIn(40)) return chance.pick(HOSTILE_NAMES);
    switch (name) {
        case 'NUMBER':
            return chance.pick(FIGURES);
        case 'STRING':
            return chance.pick(TEXTS);
        case 'RANGE':
            return chance.pick(RANGES);
        case 'DOTTED_NUMBER':
            return chance.pick(DOTTED);
        default:
            return chance.oneIn(3) ? chance.pick(ENGINE_WORDS) : chance.pick(NAMES);
    }
}
