import { DefaultServiceRegistry, type LangiumCoreServices } from 'langium';

/** There is one language: whoever asks for a text to be read as a cluster file means it, whatever the file is called. */
export class SingleLanguageRegistry extends DefaultServiceRegistry {
    override getServices(): LangiumCoreServices {
        const [language] = this.languageIdMap.values();
        if (language === undefined) {
            throw new Error('The language was not registered.');
        }
        return language;
    }
}
