import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
    { ignores: ['dist/', '.cache/', 'coverage/', 'test-results/', 'src/language/generated/'] },
    js.configs.recommended,
    {
        linterOptions: { reportUnusedDisableDirectives: 'error' },
        rules: {
            eqeqeq: 'error',
            'no-console': 'error',
            'no-control-regex': 'off',
            'max-lines': ['error', { max: 350 }],
            complexity: ['error', 20],
        },
    },
    {
        files: ['**/*.{ts,mts}'],
        extends: [...tseslint.configs.strictTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            '@typescript-eslint/no-explicit-any': 'error',
            '@typescript-eslint/consistent-type-imports': 'error',
            '@typescript-eslint/switch-exhaustiveness-check': 'error',
            // Figures and unions of words read well in a template.
            '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
            // `() => void sideEffect()` says plainly that the value is not wanted.
            '@typescript-eslint/no-confusing-void-expression': 'off',
            '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
        },
    },
    {
        // Model, simulation and proof give the same answer on every run: no clock, no chance, no timers.
        files: ['src/{topology,simulator,proof,engines}/**/*.ts'],
        rules: {
            'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'setImmediate', 'performance', 'process'],
            'no-restricted-properties': [
                'error',
                { object: 'Date', property: 'now', message: 'Simulated time comes from the kernel.' },
                { object: 'Math', property: 'random', message: 'Take a named random stream.' },
            ],
            'no-restricted-syntax': [
                'error',
                {
                    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
                    message: 'There is no clock here.',
                },
            ],
        },
    },
    {
        // Ids are indices into the lists that hold the elements: what they name is there by construction.
        files: ['src/{simulator,engines}/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
        rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
    },
    { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
    { files: ['**/*.cjs'], languageOptions: { globals: globals.node, sourceType: 'commonjs' } },
);
